using SyscallBench.Consoles;

namespace SyscallBench.Boots;

/// <summary>
/// What is known about one boot besides its console: <c>boot-NNN.json</c>, beside <c>boot-NNN.log</c>. It is written last, so a log without it is no
/// boot.
/// </summary>
public sealed record BootRecord
{
    public const string CurrentSchema = "syscall-bench/boot/v2";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Id of the run that made it.</summary>
    public required string Run { get; init; }

    public required Setting Setting { get; init; }

    /// <summary>Boot of the setting, from 0.</summary>
    public required int Boot { get; init; }

    /// <summary>1, or 2 where the first attempt failed.</summary>
    public required int Attempt { get; init; }

    /// <summary>Its place in the plan of its run, from 0.</summary>
    public required int Order { get; init; }

    public required Unit Unit { get; init; }

    /// <summary>The program, then its arguments; relative paths start from the top of the source tree.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Finished { get; init; }

    /// <summary>Of QEMU, or of the program itself.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What it was given, in seconds.</summary>
    public required double Deadline { get; init; }

    /// <summary>Where it ran; null where that does not matter, since instructions are counted.</summary>
    public Pinning? Pinning { get; init; }

    public BootFacts Facts { get; init; } = new();

    /// <inheritdoc cref="GuestFacts.Seen"/>
    public Disturbance Seen { get; init; }

    /// <summary>SHA-256 of the console.</summary>
    public required string LogHash { get; init; }

    /// <summary>Why it measured nothing that may be used; null for a boot that counts.</summary>
    public string? Failure { get; init; }
}

/// <summary>What was seen of a boot from the outside; null for what was not looked at.</summary>
public sealed record BootFacts
{
    /// <summary>Times the measuring thread gave up its CPU by itself: a guest's halts, and waiting for a device.</summary>
    public long? VoluntarySwitches { get; init; }

    /// <summary>Times the measuring thread was taken off its CPU for another: each disturbs the round it fell into.</summary>
    public long? InvoluntarySwitches { get; init; }

    /// <summary>Nanoseconds the measuring thread was ready and waited for a CPU.</summary>
    public long? RunDelay { get; init; }

    /// <summary>USER_HZ ticks that a hypervisor below us gave to somebody else, all CPUs together.</summary>
    public long? StealTicks { get; init; }

    /// <summary>The TSC's frequency in kHz while the boot lasted, by this machine's monotonic clock; only where ticks are cycles.</summary>
    public long? TscKhz { get; init; }

    /// <summary>Cycles of the core in a millisecond that the measuring thread ran, the kernel's and QEMU's own included; null where the machine has no counter for them.</summary>
    public long? CoreKhz { get; init; }
}
