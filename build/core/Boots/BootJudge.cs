using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>What a boot's console says about the boot as a whole.</summary>
/// <param name="Failure">Why it does not count, one clause; null for a boot that does.</param>
/// <param name="Seen">What may spoil a round and the program could see.</param>
internal readonly record struct BootVerdict(string? Failure, Disturbance Seen);

/// <summary>Decides whether a boot counts.</summary>
internal static class BootJudge
{
    public static BootVerdict Judge(Platform platform, BootRun run, string console, int boot)
    {
        if (run.Process.TimedOut)
            return new BootVerdict(run.Process.Describe(), Disturbance.None);

        var log = ConsoleParser.Read(console, console, boot);
        return new BootVerdict(WhyFailed(platform, run, log), log.Seen);
    }

    private static string? WhyFailed(Platform platform, BootRun run, BootLog log)
    {
        if (platform.WhyFailed(run.Process.ExitCode, log) is not { } failure)
            return null;

        // A console without a record says less than what QEMU said when it gave up.
        return log.Begin is null && QemuMessages.Error(run.Process.ErrorTail) is { } words ? $"{failure} ({run.Process.Program}: {words})" : failure;
    }
}
