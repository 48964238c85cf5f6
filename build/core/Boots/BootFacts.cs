namespace SyscallBench.Boots;

/// <summary>Names of what is known about a boot from the outside; values are decimal numbers.</summary>
public static class BootFacts
{
    /// <summary>Times the measuring thread gave up its CPU by itself: a guest's halts, and waiting for a device.</summary>
    public const string VoluntarySwitches = "switches.voluntary";

    /// <summary>Times the measuring thread was taken off its CPU for another: each spoils the round it fell into.</summary>
    public const string InvoluntarySwitches = "switches.involuntary";

    /// <summary>Nanoseconds the measuring thread was ready and waited for a CPU.</summary>
    public const string RunDelay = "run-delay.ns";

    /// <summary>USER_HZ ticks that a hypervisor below us gave to somebody else, all CPUs together.</summary>
    public const string StealTicks = "steal.ticks";

    /// <summary>The TSC's frequency in kHz while the boot lasted, by this machine's monotonic clock; only where ticks are cycles.</summary>
    public const string TscKhz = "tsc.khz";
}
