using SyscallBench.Boots;

namespace SyscallBench.Build.Tests.Boots;

/// <summary>Records of boots that nobody made.</summary>
internal static class Boot
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static BootRecord Of(string platform, double seconds, int boot = 0, double after = 0) => new()
    {
        Run = "",
        Setting = new Setting
        {
            Platform = platform,
            Rounds = 20,
            Iterations = 1000,
            Warmup = 1,
            Hashes = new Dictionary<string, string>(),
            Arguments = "",
        },
        Attempt = 1,
        Boot = boot,
        Order = boot,
        Unit = Unit.Instructions,
        CommandLine = [],
        Started = Noon + TimeSpan.FromSeconds(after),
        Finished = Noon + TimeSpan.FromSeconds(after + seconds),
        ExitCode = 0,
        Deadline = 60,
        LogHash = "none",
    };
}
