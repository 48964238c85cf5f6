using SyscallBench.Model;

namespace SyscallBench.Consoles;

/// <summary>What one boot said on its console, but for its rounds, which are handed on one by one while the log is read.</summary>
public sealed record BootLog
{
    /// <summary>The console log, as the messages name it.</summary>
    public required string Source { get; init; }

    /// <summary>Boot of the platform, from 0.</summary>
    public required int Boot { get; init; }

    /// <summary>Why the boot measured nothing that may be used; null when it did.</summary>
    public string? Failure { get; init; }

    /// <summary>The log is in the format that the EuroSys'21 artifact printed: values already divided, no framing, no state.</summary>
    public bool IsArtifactFormat { get; init; }

    public BeginRecord? Begin { get; init; }

    public CpuRecord? Cpu { get; init; }

    public ClockRecord? Clock { get; init; }

    /// <summary>Facts of the guest's own about itself, by name: <c>cmdline</c>, <c>release</c>, <c>vulnerability.meltdown</c>, …</summary>
    public IReadOnlyDictionary<string, string> States { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ErrorRecord> Errors { get; init; } = [];

    public EndRecord? End { get; init; }

    public Panic? Panic { get; init; }

    /// <summary>Rounds that the artifact's program announced; null where it did not, and for the framed protocol.</summary>
    public long? ArtifactRounds { get; init; }

    /// <summary>Rounds that were handed on.</summary>
    public long Rounds { get; init; }

    /// <summary>Records that were written and never came.</summary>
    public long LostRecords { get; init; }

    /// <summary>The program cannot see interrupts, because it runs in ring 0.</summary>
    public bool InterruptsInvisible { get; init; }

    /// <summary>What may spoil a round and the program could see in every round; of anything else, nothing is known.</summary>
    public Disturbance Seen { get; init; }

    /// <summary>All lines that claim to be records and are not valid.</summary>
    public long RejectedCount { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RejectedLine> Rejected { get; init; } = [];

    /// <summary>What was noticed, with file and line.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
