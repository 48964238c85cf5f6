using System.Runtime.InteropServices;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>The compilers of an image, each command in a closed container.</summary>
/// <param name="workspace">Keeps what the image says of itself, so that it is asked once.</param>
public sealed class ContainerToolchain(Workspace workspace, IContainerEngine engine, IProcessRunner processes, string image) : IToolchain
{
    /// <summary>What is kept, and the command whose first line it is.</summary>
    private static readonly Dictionary<string, string[]> _questions = new()
    {
        ["gcc"] = ["gcc", "--version"],
        ["ld"] = ["ld", "--version"],
        ["make"] = ["make", "--version"],
        ["base image"] = ["cat", "/etc/toolchain-base"],
    };

    private ToolchainIdentity? _identity;

    public string Name => engine.Name;

    private string Remembered => Path.Combine(workspace.State, $"toolchain-{engine.Name}.json");

    public async Task<ToolchainIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        _identity ??= Recall();
        if (_identity is null)
        {
            _identity = new ToolchainIdentity(Name, await AskAsync(cancellation));
            AtomicFile.Write(Remembered, JsonFormat.Serialize(_identity));
        }

        return _identity;
    }

    public IBuildSandbox Open(BuildFolders folders)
    {
        if (folders.Cache is { } cache)
            Directory.CreateDirectory(cache);
        return new ContainerSandbox(engine, processes, new ContainerRun(image, ContainerRun.Caller, folders, EngineOptions));
    }

    // Podman raises limits to its own defaults, which a machine without CAP_SYS_RESOURCE refuses ("--ulimit host" of 4.3 does not help);
    // and without keep-id a rootless one gives the caller's files to a user of its own.
    private IReadOnlyList<string> EngineOptions => engine.Name is not "podman"
        ? []
        : ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--userns", "keep-id"]];

    private ToolchainIdentity? Recall() =>
        JsonFormat.Recall<ToolchainIdentity>(Remembered) is { } known && known.Versions.GetValueOrDefault("image") == image ? known : null;

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
internal sealed class ContainerSandbox(IContainerEngine engine, IProcessRunner processes, ContainerRun run) : IBuildSandbox
{
    // docker-run(1): the engine failed, and not the command in the container.
    private const int EngineFailed = 125;

    // 128 + SIGKILL: the engine ends a container that outgrew its memory.
    private const int Killed = 137;

    public string Output => FixedPaths.Output;

    public string? Cache => run.Folders.Cache is null ? null : FixedPaths.Cache;

    public string Source(string name)
        => run.Folders.Sources.ContainsKey(name) ? FixedPaths.Source(name) : throw new KeyNotFoundException($"this build has no source called {name}");

    public async Task RunAsync(ProcessRequest command, CancellationToken cancellation)
    {
        using var log = new BuildLog(run.Folders.Log);
        var container = $"syscall-bench-{Guid.NewGuid():n}";
        ProcessResult? result = null;
        await LendAsync();
        try
        {
            var followed = log.Follow(command);
            result = (await processes.RunAsync(
                new ProcessRequest(engine.Name, run.Arguments(container, command)) { Deadline = command.Deadline ?? BuildFolders.Patience, OnLine = followed.OnLine },
                cancellation)).InTime();
        }
        finally
        {
            // Ending the client does not end the container.
            if (result is null)
                await engine.KillAsync(container);
            // Done even after a cancellation.
            await TakeBackAsync();
        }

        if (!result.Succeeded)
            throw await ExplainAsync(result.ExitCode, log.Cause, cancellation);
    }

    private async Task<UserError> ExplainAsync(int exitCode, string cause, CancellationToken cancellation)
    {
        // Whatever the code: an engine that stops asks its containers to end first, and make does, as after a compiler's error.
        if (await engine.WhyUnusableAsync(cancellation) is { } why)
            return new UserError($"{engine.Name} stopped while {run.Folders.What} was being built: {why}; then run again");
        return exitCode switch
        {
            EngineFailed => new UserError($"{engine.Name} could not start the build of {run.Folders.What}: {cause}"),
            Killed => new UserError($"building {run.Folders.What} was killed in its container, most likely for want of memory ({run.Memory >> 30} GiB); try fewer --jobs"),
            _ => new BuildError(run.Folders, cause, exitCode),
        };
    }

    // Whoever runs this program builds in containers, so that files come out as theirs. Root is nobody in there: what a container may write is lent to
    // nobody and taken back.
    private async Task LendAsync()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        await ChangeOwnerAsync(ContainerRun.Nobody, "--recursive", run.Folders.Output);
        // What is in the cache is nobody's from the start.
        if (run.Folders.Cache is { } cache)
            await ChangeOwnerAsync(ContainerRun.Nobody, cache);
    }

    private Task TakeBackAsync() => Environment.IsPrivilegedProcess ? ChangeOwnerAsync("0:0", "--recursive", run.Folders.Output) : Task.CompletedTask;

    private Task ChangeOwnerAsync(string owner, params IReadOnlyList<string> what)
        => processes.RunAsync(new ProcessRequest("chown", ["--no-dereference", owner, .. what]) { Deadline = TimeSpan.FromMinutes(1) }, CancellationToken.None);
}

/// <summary>The arguments that shut one build command into a container.</summary>
/// <param name="User"><c>uid:gid</c> that the command runs as.</param>
/// <param name="Folders">What the container sees of the host.</param>
/// <param name="EngineOptions">Options that only one engine has.</param>
public sealed partial record ContainerRun(string Image, string User, BuildFolders Folders, IReadOnlyList<string> EngineOptions)
{
    /// <summary>Nobody's user and group.</summary>
    public const string Nobody = "65534:65534";

    private const long Gibibyte = 1L << 30;

    /// <summary>Who commands run as where this user starts them; nobody for root.</summary>
    public static string Caller { get; } = Environment.IsPrivilegedProcess
        ? Nobody
        : string.Create(CultureInfo.InvariantCulture, $"{EffectiveUser()}:{EffectiveGroup()}");

    /// <summary>Memory in bytes: a compiler each, and the largest link.</summary>
    public long Memory { get; init; } = Gibibyte * Math.Max(4, Environment.ProcessorCount);

    /// <summary>Everything after the client's name.</summary>
    /// <param name="name">What the container is killed by.</param>
    public IReadOnlyList<string> Arguments(string name, ProcessRequest command)
    {
        List<string> arguments =
        [
            "run", "--rm", "--name", name, "--pull", "never",
            "--network", "none",
            "--user", User,
            "--cap-drop", "ALL",
            "--security-opt", "no-new-privileges",
            "--memory", Memory.ToString(CultureInfo.InvariantCulture),
            "--pids-limit", "4096",
            "--read-only", "--tmpfs", "/tmp:exec",
            .. EngineOptions,
            .. Folders.Sources.SelectMany(source => Mount(source.Value, FixedPaths.Source(source.Key), ",readonly")),
            .. Mount(Folders.Output, FixedPaths.Output, ""),
        ];
        if (Folders.Cache is { } cache)
            arguments.AddRange(Mount(cache, FixedPaths.Cache, ""));
        var caching = CompilerCache.Variables(Folders.Cache is null ? null : FixedPaths.Cache);
        foreach (var (variable, value) in BuildEnvironment.Variables.Concat(caching).Concat(command.Environment.Select(each => KeyValuePair.Create(each.Key, each.Value!))))
            arguments.AddRange(["--env", $"{variable}={value}"]);
        return [.. arguments, "--env", "HOME=/tmp", "--workdir", FixedPaths.Output, Image, command.Program, .. command.Arguments];
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint EffectiveGroup();

    // --mount takes comma-separated values: a path with a comma or a quote is quoted as such a file would have it.
    private static string[] Mount(string host, string inside, string option)
        => ["--mount", $"type=bind,{Quoted("source=" + host)},target={inside}{option}"];

    private static string Quoted(string field)
        => field.AsSpan().IndexOfAny(',', '"') < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>Where a container finds what it builds, wherever that lies on the host.</summary>
public static class FixedPaths
{
    public const string Output = "/out";

    public const string Cache = "/cache";

    public static string Source(string name) => $"/src/{name}";
}
