using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>Where compilers and linkers run: on the host, or in a container. Whoever builds cannot tell which.</summary>
public interface IToolchain
{
    /// <summary><c>host</c>, <c>docker</c> or <c>podman</c>.</summary>
    string Name { get; }

    /// <summary>Versions of what decides the bytes, asked once.</summary>
    /// <exception cref="UserError">A compiler is missing, or the engine stopped answering.</exception>
    Task<ToolchainIdentity> IdentifyAsync(CancellationToken cancellation);

    /// <summary>Makes the sources readable and one folder writable for the commands of one build.</summary>
    IBuildSandbox Open(BuildFolders folders);
}

/// <summary>What decides the bytes a toolchain makes.</summary>
/// <param name="Versions">First line of what each tool says about its version: <c>gcc</c>, <c>ld</c>, …; a container has its <c>image</c> digest too.</param>
public sealed record ToolchainIdentity(string Name, IReadOnlyDictionary<string, string> Versions)
{
    public Fingerprint AddTo(Fingerprint fingerprint)
    {
        fingerprint.Add("toolchain", Name);
        foreach (var (tool, version) in Versions)
            fingerprint.Add($"version of {tool}", version);
        foreach (var (name, value) in BuildEnvironment.Variables)
            fingerprint.Add($"environment {name}", value);
        return fingerprint;
    }
}

/// <summary>The folders of one build, absolute paths of the host.</summary>
/// <param name="What">What is built, as an error message names it: <c>the benchmark</c>.</param>
/// <param name="Sources">Source folders by name; commands may read them and no more.</param>
/// <param name="Output">The one folder that may be written; it exists.</param>
/// <param name="Log">Where the commands and what they print are kept; started anew with each build.</param>
/// <param name="Cache">Folder of the compiler cache; null for none.</param>
public sealed record BuildFolders(string What, IReadOnlyDictionary<string, string> Sources, string Output, string Log, string? Cache = null);

/// <summary>
/// The environment of every build command, in full: nothing of the caller's own (CFLAGS, MAKEFLAGS, a locale) reaches it, and what
/// tools like to write into their output (time, user, host) is the same everywhere.
/// </summary>
public static class BuildEnvironment
{
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["LC_ALL"] = "C",
        ["TZ"] = "UTC",
        // The first day of EuroSys'21 is the time that builds believe in.
        ["SOURCE_DATE_EPOCH"] = "1619395200",
        ["KBUILD_BUILD_TIMESTAMP"] = "Mon Apr 26 00:00:00 UTC 2021",
        ["KBUILD_BUILD_USER"] = "syscall-bench",
        ["KBUILD_BUILD_HOST"] = "syscall-bench",
        ["KBUILD_BUILD_VERSION"] = "1",
        // Makefiles that ask Git for a version find none, in a clone as in a container without Git; the pins are in the provenance.
        ["GIT_DIR"] = "/nonexistent",
    };

    /// <summary>The same, and what ccache is told.</summary>
    /// <param name="cache">Its folder, as the build sees it; null where none is used.</param>
    public static IEnumerable<KeyValuePair<string, string>> With(string? cache) => cache is null ? Variables :
    [
        .. Variables,
        new("CCACHE_DIR", cache),
        // Headers from the compiler's own list of dependencies, not from a preprocessor run before it: filling the cache then costs a kernel build
        // nothing, instead of 40 %. (ccache manual, "Depend mode".)
        new("CCACHE_DEPEND", "1"),
    ];
}

/// <summary>What the commands of one build see. Paths handed to a command come from here: a container has its own.</summary>
public interface IBuildSandbox
{
    /// <summary>Path of a source folder as the commands see it.</summary>
    string Source(string name);

    /// <summary>Path of the one folder that may be written, as the commands see it.</summary>
    string Output { get; }

    /// <summary>Path of the compiler cache as the commands see it; null where there is none.</summary>
    string? Cache { get; }

    /// <summary>Runs one command to its end; its output goes to the build's log.</summary>
    /// <exception cref="UserError">It could not be started or failed; the message holds the line that says why, and the log's path.</exception>
    Task RunAsync(ProcessRequest command, CancellationToken cancellation);
}
