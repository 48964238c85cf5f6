using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>Decides where compilers run. The host is not asked for its compilers here: they may have to be installed first.</summary>
/// <param name="engines">The engines to choose from, the preferred one first.</param>
/// <param name="isRoot">Whether a base image can be made where no registry can be reached.</param>
public sealed class ToolchainChooser(Workspace workspace, IProcessRunner processes, IReadOnlyList<ContainerEngine> engines, bool isRoot)
{
    /// <param name="choice"><c>auto</c>, <c>host</c>, or an engine's name.</param>
    /// <param name="say">Told what had to be made for the choice, or why an engine was passed over.</param>
    /// <exception cref="UserError">The engine that was asked for cannot be used; the message has the command that mends it.</exception>
    public async Task<IToolchain> ChooseAsync(string choice, Action<string>? say, CancellationToken cancellation)
    {
        if (choice is not ("auto" or "host"))
        {
            var named = engines.First(engine => engine.Name == choice);
            return await named.WhyUnusableAsync(cancellation) is { } why
                ? throw new UserError($"--toolchain={choice}: {why}")
                : await InAsync(named, say, cancellation);
        }

        foreach (var engine in choice is "auto" ? engines : [])
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

    private async Task<IToolchain> InAsync(ContainerEngine engine, Action<string>? say, CancellationToken cancellation)
    {
        var image = await new ToolchainImage(workspace, engine, processes, isRoot).EnsureAsync(say, cancellation);
        return new ContainerToolchain(workspace, engine, processes, image);
    }
}

/// <summary>The image of <c>tools/toolchain/Dockerfile</c>: built when it is missing, never twice.</summary>
/// <param name="isRoot">Whether debootstrap can be used.</param>
public sealed class ToolchainImage(Workspace workspace, ContainerEngine engine, IProcessRunner processes, bool isRoot)
{
    private const string Registry = "debian:bookworm-slim";
    private const string Imported = "syscall-bench-base:bookworm";
    private const string Around = $"give the engine the image {Registry} (docker load), or use --toolchain=host";

    /// <returns>The image's digest.</returns>
    /// <exception cref="UserError">No base image can be had, or a package cannot be installed.</exception>
    public async Task<string> EnsureAsync(Action<string>? say, CancellationToken cancellation)
    {
        var folder = Path.Combine(workspace.Tools, "toolchain");
        var dockerfile = Path.Combine(folder, "Dockerfile");
        if (!File.Exists(dockerfile))
            throw new UserError($"{dockerfile} is missing: restore it (git checkout) and run again");
        // Another Dockerfile is another image.
        var image = $"syscall-bench-toolchain:{FileHasher.Of(dockerfile)[..12]}";
        if (await engine.ImageIdAsync(image, cancellation) is { } present)
            return present;

        say?.Invoke($"building the toolchain image with {engine.Name}, once");
        var foundation = await BaseAsync(say, cancellation);
        var digest = await engine.ImageIdAsync(foundation, cancellation) ?? "unknown";
        await engine.BuildAsync(folder, [$"BASE={foundation}", $"BASE_DIGEST={digest}"], image, cancellation);
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
        await engine.ImportAsync(await MakeBaseAsync(staging.Path, cancellation), Imported, cancellation);
        return Imported;
    }

    /// <summary>Makes a minimal Debian 12, from the mirror that the machine's own apt uses.</summary>
    /// <returns>Absolute path of the tar file.</returns>
    private async Task<string> MakeBaseAsync(string folder, CancellationToken cancellation)
    {
        if (!isRoot)
            throw new UserError($"no base image can be had: no registry answers, and debootstrap needs root; {Around}");
        var mirror = (await new DebianSuites(workspace, processes).MirrorsAsync(cancellation)).GetValueOrDefault("Debian")
            ?? throw new UserError($"no base image can be had: no registry answers, and this machine's apt knows no Debian mirror; {Around}");

        var root = Path.Combine(folder, "root");
        var tar = Path.Combine(folder, "root.tar");
        await RunAsync("debootstrap", ["--variant=minbase", "bookworm", root, mirror], $"apt-get install -y debootstrap, or {Around}", cancellation);
        await RunAsync("tar", ["--create", "--file", tar, "--directory", root, "--sort=name", "--exclude=./var/cache/apt/archives/*.deb", "."], Around, cancellation);
        return tar;
    }

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, string remedy, CancellationToken cancellation)
    {
        var result = await processes.RunAsync(new ProcessRequest(program, arguments) { Deadline = TimeSpan.FromMinutes(10) }, cancellation);
        if (!result.InTime().Succeeded)
            throw new UserError($"{program} could not make a base image: {result.Cause}; {remedy}");
    }
}
