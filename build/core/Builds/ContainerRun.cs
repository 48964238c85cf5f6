using System.Globalization;
using System.Runtime.InteropServices;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>The arguments that shut one build command into a container.</summary>
public sealed partial record ContainerRun
{
    /// <summary>Nobody's user and group.</summary>
    public const string Nobody = "65534:65534";

    private const long Gibibyte = 1L << 30;

    /// <summary>Who commands run as where this user starts them; nobody for root.</summary>
    public static string Caller { get; } = Environment.IsPrivilegedProcess
        ? Nobody
        : string.Create(CultureInfo.InvariantCulture, $"{EffectiveUser()}:{EffectiveGroup()}");

    public required string Image { get; init; }

    /// <summary>What it is killed by.</summary>
    public required string Name { get; init; }

    /// <summary><c>uid:gid</c> that the command runs as.</summary>
    public required string User { get; init; }

    public required BuildFolders Folders { get; init; }

    /// <summary>Options only one engine has.</summary>
    public IReadOnlyList<string> EngineOptions { get; init; } = [];

    /// <summary>Memory in bytes: a compiler each, and the largest link.</summary>
    public long Memory { get; init; } = Gibibyte * Math.Max(4, Environment.ProcessorCount);

    /// <summary>Everything after the client's name.</summary>
    public IReadOnlyList<string> Arguments(ProcessRequest command)
    {
        List<string> arguments =
        [
            "run", "--rm", "--name", Name, "--pull", "never",
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
        foreach (var (name, value) in BuildEnvironment.Variables.Concat(caching).Concat(command.Environment.Select(each => KeyValuePair.Create(each.Key, each.Value!))))
            arguments.AddRange(["--env", $"{name}={value}"]);
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
