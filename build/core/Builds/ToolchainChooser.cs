using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>Decides where compilers run. The host is not asked for its compilers here: they may have to be installed first.</summary>
/// <param name="engines">The engines to choose from, the preferred one first.</param>
/// <param name="debian">Makes a base image where no registry can be reached.</param>
public sealed class ToolchainChooser(Workspace workspace, IProcessRunner processes, IReadOnlyList<IContainerEngine> engines, DebianBase debian)
{
    /// <param name="choice"><c>auto</c>, <c>host</c>, or an engine's name.</param>
    /// <param name="say">Told what had to be made for the choice, or why an engine was passed over.</param>
    /// <exception cref="UserError">The engine that was asked for cannot be used; the message has the command that mends it.</exception>
    public async Task<IToolchain> ChooseAsync(string choice, Action<string>? say, CancellationToken cancellation)
        => choice switch
        {
            "host" => new HostToolchain(processes),
            "auto" => await AutomaticAsync(say, cancellation),
            _ => await NamedAsync(engines.First(engine => engine.Name == choice), say, cancellation),
        };

    private async Task<IToolchain> AutomaticAsync(Action<string>? say, CancellationToken cancellation)
    {
        foreach (var engine in engines)
        {
            if (await engine.WhyUnusableAsync(cancellation) is not null)
                continue;
            try
            {
                return await InAsync(engine, say, cancellation);
            }
            catch (UserError error)
            {
                say?.Invoke($"{engine.Name} answers, and yet cannot be used: {error.Message}");
            }
        }

        return new HostToolchain(processes);
    }

    private async Task<IToolchain> NamedAsync(IContainerEngine engine, Action<string>? say, CancellationToken cancellation)
        => await engine.WhyUnusableAsync(cancellation) is { } why ? throw new UserError($"--toolchain={engine.Name}: {why}") : await InAsync(engine, say, cancellation);

    private async Task<IToolchain> InAsync(IContainerEngine engine, Action<string>? say, CancellationToken cancellation)
        => new ContainerToolchain(workspace, engine, processes, await new ToolchainImage(workspace, engine, debian).EnsureAsync(say, cancellation));
}

/// <summary>The image of <c>tools/toolchain/Dockerfile</c>: built when it is missing, never twice.</summary>
public sealed class ToolchainImage(Workspace workspace, IContainerEngine engine, DebianBase debian)
{
    private const string Registry = "debian:bookworm-slim";
    private const string Imported = "syscall-bench-base:bookworm";

    private string Folder => Path.Combine(workspace.Root, "tools", "toolchain");

    /// <summary>Its name holds the Dockerfile's hash: another Dockerfile is another image.</summary>
    private string Tag
    {
        get
        {
            var dockerfile = Path.Combine(Folder, "Dockerfile");
            return File.Exists(dockerfile)
                ? $"syscall-bench-toolchain:{FileHasher.Of(dockerfile)[..12]}"
                : throw new UserError($"{dockerfile} is missing: restore it (git checkout) and run again");
        }
    }

    /// <returns>The image's digest.</returns>
    /// <exception cref="UserError">No base image can be had, or a package cannot be installed.</exception>
    public async Task<string> EnsureAsync(Action<string>? say, CancellationToken cancellation)
    {
        if (await engine.ImageIdAsync(Tag, cancellation) is { } present)
            return present;

        say?.Invoke($"building the toolchain image with {engine.Name}, once");
        var image = Tag;
        var foundation = await BaseAsync(say, cancellation);
        var arguments = new Dictionary<string, string>
        {
            ["BASE"] = foundation,
            ["BASE_DIGEST"] = await engine.ImageIdAsync(foundation, cancellation) ?? "unknown",
        };
        await engine.BuildAsync(Folder, arguments, image, cancellation);
        return await engine.ImageIdAsync(image, cancellation)
            ?? throw new UserError($"{engine.Name} built {image} and does not have it; run again");
    }

    private async Task<string> BaseAsync(Action<string>? say, CancellationToken cancellation)
    {
        if (await engine.ImageIdAsync(Registry, cancellation) is not null || await engine.PullAsync(Registry, cancellation))
            return Registry;
        if (await engine.ImageIdAsync(Imported, cancellation) is not null)
            return Imported;

        say?.Invoke($"no registry gives {Registry}: making a base from this machine's Debian mirror");
        using var staging = new StagingFolder(workspace, "base-image");
        await engine.ImportAsync(await debian.MakeAsync(staging.Path, cancellation), Imported, cancellation);
        return Imported;
    }
}

/// <summary>A minimal Debian 12 as a tar file, from the mirror that the machine's own apt uses.</summary>
public sealed class DebianBase(IProcessRunner processes, bool isRoot)
{
    private const string Release = "bookworm";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

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
        string[] list = ["indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)", "Created-By: Packages"];
        var result = await processes.RunAsync(new ProcessRequest("apt-get", list) { Deadline = TimeSpan.FromMinutes(1) }, cancellation);
        return result.OutputTail.Select(line => line.Split('|')).FirstOrDefault(fields => fields is ["Debian", "Debian", "main", _])?[3];
    }

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, string remedy, CancellationToken cancellation)
    {
        var result = await processes.RunAsync(new ProcessRequest(program, arguments) { Deadline = _patience }, cancellation);
        if (!result.InTime().Succeeded)
            throw new UserError($"{program} could not make a base image: {result.Cause}; {remedy}");
    }
}
