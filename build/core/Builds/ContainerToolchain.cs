using System.Runtime.InteropServices;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>The compilers of an image, each command in a closed container.</summary>
/// <param name="workspace">Keeps what the image says of itself, so that it is asked once.</param>
public sealed class ContainerToolchain(Workspace workspace, ContainerEngine engine, IProcessRunner processes, string image) : IToolchain
{
    /// <summary>What is kept, and the command whose first line it is.</summary>
    private static readonly Dictionary<string, string[]> _questions = new()
    {
        ["gcc"] = ["gcc", "--version"],
        ["ld"] = ["ld", "--version"],
        ["make"] = ["make", "--version"],
        ["base image"] = ["cat", "/etc/toolchain-base"],
    };

    public string Name => engine.Name;

    public async Task<ToolchainIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        var remembered = Path.Combine(workspace.State, $"toolchain-{engine.Name}.json");
        if (JsonFormat.Recall<ToolchainIdentity>(remembered) is { } known && known.Versions.GetValueOrDefault("image") == image)
            return known;
        var identity = new ToolchainIdentity(Name, await AskAsync(cancellation));
        AtomicFile.Write(remembered, JsonFormat.Serialize(identity));
        return identity;
    }

    public IBuildSandbox Open(BuildFolders folders)
    {
        if (folders.Cache is { } cache)
            Directory.CreateDirectory(cache);
        return new ContainerSandbox(engine, processes, image, folders, EngineOptions);
    }

    // Podman raises limits to its own defaults, which a machine without CAP_SYS_RESOURCE refuses ("--ulimit host" of 4.3 does not help);
    // and without keep-id a rootless one gives the caller's files to a user of its own.
    private IReadOnlyList<string> EngineOptions => engine.Name is not "podman"
        ? []
        : ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--userns", "keep-id"]];

    private async Task<IReadOnlyDictionary<string, string>> AskAsync(CancellationToken cancellation)
    {
        var versions = new Dictionary<string, string>();
        foreach (var (name, question) in _questions)
        {
            var ask = new ProcessRequest(engine.Name, ["run", "--rm", "--pull", "never", "--network", "none", .. EngineOptions, image, .. question])
            {
                Deadline = TimeSpan.FromMinutes(1),
            };
            var result = await processes.RunAsync(ask, cancellation);
            if (!result.Succeeded || result.OutputTail is not [var first, ..])
                throw new UserError($"the toolchain image does not run with {engine.Name}: {result.Describe()}; remove it ({engine.Name} rmi {image}) and run again");
            versions.Add(name, first);
        }

        versions.Add("image", image);
        return versions;
    }
}

/// <summary>A build in containers, one for each command; all see the same paths, whatever the host's are.</summary>
/// <param name="engineOptions">Options that only one engine has.</param>
internal sealed partial class ContainerSandbox(
    ContainerEngine engine, IProcessRunner processes, string image, BuildFolders folders, IReadOnlyList<string> engineOptions) : IBuildSandbox
{
    private const string Nobody = "65534:65534";

    // docker-run(1): the engine failed, and not the command in the container.
    private const int EngineFailed = 125;

    // 128 + SIGKILL: the engine ends a container that outgrew its memory.
    private const int Killed = 137;

    public string Output => "/out";

    public string? Cache => folders.Cache is null ? null : "/cache";

    // In bytes: a compiler each, and the largest link.
    internal static long Memory { get; } = Math.Max(4, Environment.ProcessorCount) * (1L << 30);

    // Whoever runs this program builds in containers, so that files come out as theirs. Root is nobody in there: what a container may write is lent to
    // nobody and taken back.
    internal static string User { get; } =
        Environment.IsPrivilegedProcess ? Nobody : FormattableString.Invariant($"{EffectiveUser()}:{EffectiveGroup()}");

    public string Source(string name) => $"/src/{name}";

    public async Task RunAsync(ProcessRequest command, CancellationToken cancellation)
    {
        using var log = new BuildLog(folders.Log);
        var container = $"syscall-bench-{Guid.NewGuid():n}";
        ProcessResult? result = null;
        await ChangeOwnerAsync(Nobody, "--recursive", folders.Output);
        // What is in the cache is nobody's from the start.
        if (folders.Cache is { } cache)
            await ChangeOwnerAsync(Nobody, cache);
        try
        {
            var client = log.Follow(command) with { Program = engine.Name, Arguments = Arguments(container, command) };
            result = (await processes.RunAsync(client, cancellation)).InTime();
        }
        finally
        {
            // Ending the client does not end the container.
            if (result is null)
                await engine.KillAsync(container);
            await ChangeOwnerAsync("0:0", "--recursive", folders.Output);
        }

        if (!result.Succeeded)
            throw await ExplainAsync(result.ExitCode, log.Cause, cancellation);
    }

    /// <summary>Everything after the client's name: the command, shut into a container.</summary>
    /// <param name="name">What the container is killed by.</param>
    internal IReadOnlyList<string> Arguments(string name, ProcessRequest command) =>
    [
        "run", "--rm", "--name", name, "--pull", "never",
        "--network", "none",
        "--user", User,
        "--cap-drop", "ALL",
        "--security-opt", "no-new-privileges",
        "--memory", Memory.ToString(CultureInfo.InvariantCulture),
        "--pids-limit", "4096",
        "--read-only", "--tmpfs", "/tmp:exec",
        .. engineOptions,
        .. folders.Sources.SelectMany(source => Mount(source.Value, Source(source.Key), ",readonly")),
        .. Mount(folders.Output, Output, ""),
        .. folders.Cache is { } cache ? Mount(cache, Cache!, "") : [],
        .. BuildEnvironment.With(Cache).SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
        "--env", "HOME=/tmp", "--workdir", Output, image, command.Program, .. command.Arguments,
    ];

    private async Task<UserError> ExplainAsync(int exitCode, string cause, CancellationToken cancellation)
    {
        // Whatever the code: an engine that stops asks its containers to end first, and make does, as after a compiler's error.
        if (await engine.WhyUnusableAsync(cancellation) is { } why)
            return new UserError($"{engine.Name} stopped while {folders.What} was being built: {why}; then run again");
        return exitCode switch
        {
            EngineFailed => new UserError($"{engine.Name} could not start the build of {folders.What}: {cause}"),
            Killed => new UserError(
                $"building {folders.What} was killed in its container, most likely for want of memory ({Memory >> 30} GiB); try fewer --jobs"),
            _ => new BuildError(folders, cause, exitCode),
        };
    }

    // Done even after a cancellation.
    private async Task ChangeOwnerAsync(string owner, params IReadOnlyList<string> what)
    {
        var change = new ProcessRequest("chown", ["--no-dereference", owner, .. what]) { Deadline = TimeSpan.FromMinutes(1) };
        if (Environment.IsPrivilegedProcess)
            await processes.RunAsync(change, CancellationToken.None);
    }

    // --mount takes comma-separated values: a path with a comma or a quote is quoted as such a file would have it.
    private static string[] Mount(string host, string inside, string option) =>
        ["--mount", $"type=bind,{Quoted("source=" + host)},target={inside}{option}"];

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(',', '"') < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint EffectiveGroup();
}
