namespace SyscallBench.Consoles;

/// <summary>What a boot said besides its rounds.</summary>
public abstract record GuestFacts
{
    /// <summary>Parameters of the boot; null where the log does not say (the artifact's format).</summary>
    public BeginRecord? Begin { get; init; }

    public CpuRecord? Cpu { get; init; }

    public ClockRecord? Clock { get; init; }

    /// <summary>Facts of the guest's own about itself, by name: <c>cmdline</c>, <c>release</c>, <c>vulnerability.meltdown</c>, …</summary>
    public IReadOnlyDictionary<string, string> States { get; init; } = new Dictionary<string, string>();

    /// <summary>The program cannot see all interrupts: it runs in ring 0, or on a CPU with FRED.</summary>
    public bool InterruptsInvisible { get; init; }

    /// <summary>What may disturb a round and the program could see in every round; of anything else, nothing is known.</summary>
    public Disturbance Seen { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>What one boot said on its console.</summary>
public sealed record BootLog : GuestFacts
{
    public required string Source { get; init; }

    public required int Boot { get; init; }

    /// <summary>SHA-256 of the log, lower-case hex; null where it was not read from a file.</summary>
    public string? Hash { get; init; }

    /// <summary>Its rounds, in their order; of no use where <see cref="Failure"/> says so.</summary>
    public IReadOnlyList<Sample> Samples { get; init; } = [];

    /// <summary>Why the boot measured nothing that may be used; null when it did.</summary>
    public string? Failure { get; init; }

    /// <summary>The log is in the format that the EuroSys'21 artifact printed: values already divided, no framing, no state.</summary>
    public bool IsArtifactFormat { get; init; }

    /// <summary>The first that came: the program gives up with it.</summary>
    public ErrorRecord? Error { get; init; }

    public EndRecord? End { get; init; }

    public Panic? Panic { get; init; }

    /// <summary>The first line in which the kernel reported a fault of its own (BUG, oops, general protection fault); null where there is none.</summary>
    public string? Oops { get; init; }

    /// <summary>Rounds that came, those that are left out for an absurd value included.</summary>
    public int Rounds { get; init; }

    /// <summary>All lines that claim to be records or values and are not used.</summary>
    public int RejectedCount { get; init; }

    public RejectedLine? FirstRejected { get; init; }
}

public sealed record RejectedLine(long Line, string Reason);

/// <summary>What a boot is about to measure.</summary>
/// <param name="Warmup">Rounds run before the first that counts.</param>
/// <param name="Expected">What the call has to return; null where anything is accepted, or anything but an error.</param>
public sealed record BeginRecord(int Rounds, long Iterations, int Warmup, long SystemCall, long? Expected);

/// <summary>What CPUID says inside the guest.</summary>
/// <param name="Family"><c>family.model</c>, decimal.</param>
/// <param name="Hypervisor">Vendor string of leaf 0x40000000; empty where there is none.</param>
public sealed record CpuRecord(string Vendor, string Model, string Family, string Stepping, string Hypervisor);

/// <summary>What CPUID says about the TSC.</summary>
/// <param name="Khz">Frequency in kHz; 0 where CPUID does not know it.</param>
/// <param name="Source"><c>hypervisor</c>, <c>cpuid</c> or <c>none</c>.</param>
/// <param name="Invariant">It ticks at one rate in every power state (leaf 0x80000007 EDX bit 8).</param>
/// <param name="Rdtscp">The ordered read exists (leaf 0x80000001 EDX bit 27).</param>
public sealed record ClockRecord(long Khz, string Source, bool Invariant, bool Rdtscp);

/// <summary>Why no measurement follows.</summary>
/// <param name="What"><c>noop-returned</c>, <c>bad-argument</c>, <c>clock-backwards</c>, <c>no-tsc</c> or <c>no-null-device</c>.</param>
/// <param name="Value">What was seen; null where it says nothing.</param>
public sealed record ErrorRecord(string What, string? Value, string? Expected);

/// <param name="Records">All records of the boot, with this one.</param>
/// <param name="Rounds">Its <c>round</c> records.</param>
public sealed record EndRecord(long Records, long Rounds, int Status);
