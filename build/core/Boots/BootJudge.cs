using SyscallBench.Platforms;
using SyscallBench.Protocol;
using SyscallBench.Qemu;

namespace SyscallBench.Boots;

/// <summary>Decides whether a boot counts.</summary>
internal static class BootJudge
{
    /// <returns>Why it does not, one clause; null for a boot that counts.</returns>
    public static string? WhyFailed(Platform platform, BootRun run, string console, int boot)
    {
        if (run.Process.TimedOut)
            return run.Process.Describe();

        using var stream = File.OpenRead(console);
        var log = ConsoleParser.Parse(stream, console, boot, _ => { });
        if (platform.WhyFailed(run.Process.ExitCode, log) is not { } failure)
            return null;

        // A console without a record says less than what QEMU said when it gave up.
        return log.Begin is null && QemuMessages.Error(run.Process.ErrorTail) is { } words ? $"{failure} ({run.Process.Program}: {words})" : failure;
    }
}
