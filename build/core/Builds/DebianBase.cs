using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>A minimal Debian 12 as a tar file, from the mirror that the machine's own apt uses.</summary>
public sealed class DebianBase(ICommandRunner commands, bool isRoot)
{
    private const string Release = "bookworm";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <param name="folder">Where there is room for it.</param>
    /// <param name="cancellation">Stops debootstrap.</param>
    /// <returns>Absolute path of the tar file.</returns>
    /// <exception cref="UserError">It cannot be made here; the message has the way around it.</exception>
    public async Task<string> MakeAsync(string folder, CancellationToken cancellation)
    {
        const string Around = "give the engine the image debian:bookworm-slim (docker load), or use --toolchain=host";
        if (!isRoot)
            throw new UserError($"no base image can be had: no registry answers, and debootstrap needs root; {Around}");
        var mirror = await MirrorAsync(cancellation)
            ?? throw new UserError($"no base image can be had: no registry answers, and this machine's apt knows no Debian mirror; {Around}");

        var root = Path.Combine(folder, "root");
        var tar = Path.Combine(folder, "root.tar");
        await RunAsync("debootstrap", ["--variant=minbase", Release, root, mirror], $"apt-get install -y debootstrap, or {Around}", cancellation);
        await RunAsync("tar", ["--create", "--file", tar, "--directory", root, "--sort=name", "--exclude=./var/cache/apt/archives/*.deb", "."], Around, cancellation);
        return tar;
    }

    /// <summary>The mirror that apt takes Debian's own packages from; null where it takes them from nowhere.</summary>
    private async Task<string?> MirrorAsync(CancellationToken cancellation)
    {
        var targets = new List<string>();
        string[] list = ["indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)", "Created-By: Packages"];
        await commands.RunAsync(new Command("apt-get", list) { OnLine = targets.Add }, cancellation);
        return targets.Select(line => line.Split('|')).FirstOrDefault(fields => fields is ["Debian", "Debian", "main", _])?[3];
    }

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, string remedy, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var exitCode = await commands.RunAsync(new Command(program, arguments) { Deadline = _patience, OnLine = lines.Add }, cancellation);
        if (exitCode != 0)
            throw new UserError($"{program} could not make a base image: {EngineRemedy.Cause(lines)}; {remedy}");
    }
}
