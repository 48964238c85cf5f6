namespace SyscallBench.Builds;

/// <summary>
/// The environment of every build command, in full: nothing of the caller's own (CFLAGS, MAKEFLAGS, a locale) reaches it, and what
/// tools like to write into their output (time, user, host) is the same everywhere.
/// </summary>
public static class BuildEnvironment
{
    /// <summary>The first day of EuroSys'21, in seconds since 1970: the time that builds believe in.</summary>
    public const string SourceDateEpoch = "1619395200";

    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["LC_ALL"] = "C",
        ["TZ"] = "UTC",
        ["SOURCE_DATE_EPOCH"] = SourceDateEpoch,
        ["KBUILD_BUILD_TIMESTAMP"] = "Mon Apr 26 00:00:00 UTC 2021",
        ["KBUILD_BUILD_USER"] = "syscall-bench",
        ["KBUILD_BUILD_HOST"] = "syscall-bench",
        ["KBUILD_BUILD_VERSION"] = "1",
        // Makefiles that ask Git for a version find none, in a clone as in a container without Git; the pins are in the provenance.
        ["GIT_DIR"] = "/nonexistent",
    };
}
