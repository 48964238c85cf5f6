using SyscallBench.Platforms;

namespace SyscallBench.Results;

/// <summary>What <c>results/results.json</c> holds: the contract for every program that reads us. Full precision, invariant culture.</summary>
public sealed record ResultsDocument
{
    public const string CurrentSchema = "syscall-bench/results/v2";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary><c>kvm</c> or <c>tcg</c>.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Unit of the guests' rows; a row's own unit decides.</summary>
    public required Unit Unit { get; init; }

    /// <summary>What was equal for all boots of some rows, one for each platform and setting that was measured; rows name theirs.</summary>
    public IReadOnlyList<ResultSetting> Settings { get; init; } = [];

    /// <summary>One row for every call of every platform and setting asked for, measured or not, in the order of a table.</summary>
    public required IReadOnlyList<ResultRow> Rows { get; init; }

    /// <summary>Platforms that this program cannot know by their names, since a guest file described them.</summary>
    public IReadOnlyDictionary<string, DescribedPlatform> Described { get; init; } = new Dictionary<string, DescribedPlatform>();

    /// <summary>The machines whose results were merged into this document; empty where one machine measured all of it.</summary>
    public IReadOnlyList<MachineResults> Machines { get; init; } = [];

    /// <summary>How platforms compare, per call; only between rows of the same unit that differ in nothing but the platform.</summary>
    public IReadOnlyList<PlatformRatio> Ratios { get; init; } = [];

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public required Provenance Provenance { get; init; }

    /// <summary>What was equal for all boots of a row; null where nothing was measured.</summary>
    public ResultSetting? SettingOf(ResultRow row) => row.Setting is null ? null : Settings.FirstOrDefault(setting => setting.Name == row.Setting);
}

/// <summary>What has to be known of a platform to show it.</summary>
public sealed record DescribedPlatform(string Label, PlatformRole Role);

/// <summary>What was equal for all boots behind some rows.</summary>
public sealed record ResultSetting
{
    /// <summary>As rows name it; the folder of its console logs is called the same.</summary>
    public required string Name { get; init; }

    /// <summary>The machine that ran the boots: its CPU, or a node's name where results of many machines were merged.</summary>
    public required string Machine { get; init; }

    /// <summary><c>kvm</c> or <c>tcg</c>; null without a guest.</summary>
    public string? Accelerator { get; init; }

    /// <summary>CPU model of the guest; null without a guest.</summary>
    public string? Cpu { get; init; }

    /// <summary>Timed rounds of a boot; 0 where nobody knows.</summary>
    public int Rounds { get; init; }

    public long Iterations { get; init; }

    public int Warmup { get; init; }

    /// <summary>What the guest's kernel and the benchmark were told; null where nobody knows.</summary>
    public string? Arguments { get; init; }

    public string? Qemu { get; init; }

    public IReadOnlyDictionary<string, string> Hashes { get; init; } = new Dictionary<string, string>();
}

public enum RowStatus
{
    Measured,
    NotMeasured,
}

/// <summary>
/// One call on one platform. <c>fcall</c> and <c>scall</c> are per call: (time of the loop - median <c>tsc</c>) / iterations; <c>empty</c> likewise,
/// and <c>tsc</c> is one pair of clock reads. Numbers are null where the row was not measured, or where they do not exist (an interval of one
/// sample).
/// </summary>
public sealed record ResultRow
{
    public required string Platform { get; init; }

    public required Call Call { get; init; }

    /// <summary>Name of the system call that the boots made, <c>noop</c> or <c>getppid</c>, on every row of them; null where nothing was measured.</summary>
    public string? Syscall { get; init; }

    /// <summary>Name of the kernel that was built for it, <c>6.12</c>; null for a platform that boots none of those.</summary>
    public string? Kernel { get; init; }

    /// <summary>Its entry in <see cref="ResultsDocument.Settings"/>; null where nothing was measured.</summary>
    public string? Setting { get; init; }

    public required RowStatus Status { get; init; }

    public string? Reason { get; init; }

    /// <summary>What the row measures where that is not the noop call, for example <c>ENOSYS path</c> on the host.</summary>
    public string? Note { get; init; }

    public Unit? Unit { get; init; }

    public int Boots { get; init; }

    public int Samples { get; init; }

    /// <summary>Samples left out by rule because something spoilt them.</summary>
    public int Disturbed { get; init; }

    /// <summary>Samples by what spoilt them, whether left out or not; one may count for several kinds.</summary>
    public DisturbedBy? DisturbedBy { get; init; }

    public double? Mean { get; init; }

    public double? Median { get; init; }

    public double? Q1 { get; init; }

    public double? Q3 { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>95 % interval of the median: hierarchical bootstrap, boots first, then rounds.</summary>
    public Interval? Ci95 { get; init; }

    /// <summary>Less the bare loop: what the call alone costs. Signs are kept.</summary>
    public NetCost? Net { get; init; }

    /// <summary>Samples outside Tukey's fences (Q1 - 1.5 IQR, Q3 + 1.5 IQR); counted and kept.</summary>
    public OutlierCount? Outliers { get; init; }

    /// <summary>Null for instructions, and where the TSC's frequency is not known.</summary>
    public Nanoseconds? Nanoseconds { get; init; }
}

public sealed record NetCost(double Median, Interval? Ci95);

public sealed record OutlierCount(int Low, int High);

/// <summary>How many samples each kind of disturbance spoilt; null where the program could not see it.</summary>
public sealed record DisturbedBy(int? Interrupt, int? ContextSwitch, int? Migration, int? Steal, int Clock);

public sealed record Nanoseconds(double Mean, double Median, double Q1, double Q3);

/// <summary>Net cost of <paramref name="Platform"/> divided by that of <paramref name="Base"/>, for one call; of the medians where no loop could be subtracted.</summary>
/// <param name="Ci95">95 % interval of the ratio, from the same bootstrap; null where a side has a single sample.</param>
/// <param name="Different">True only when the interval of the difference excludes zero.</param>
public sealed record PlatformRatio(
    string Platform, string Base, Call Call, double Ratio, Interval? Ci95, bool Different, string? Setting = null, string? BaseSetting = null);

/// <summary>One machine among several whose results were merged.</summary>
public sealed record MachineResults
{
    /// <summary>As <see cref="ResultSetting.Machine"/> of its rows.</summary>
    public required string Name { get; init; }

    /// <summary>Why it has no rows, or why they are not of the last run; null where all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>Where its numbers come from; null where it has none.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>What Doctor said of it for what was measured: <c>fit</c>, <c>fit-with-care</c>, <c>not-fit</c>; null where nobody asked.</summary>
    public string? Grade { get; init; }

    /// <summary>Its own numbers beside the published ones.</summary>
    public IReadOnlyList<MachineVerdict> Paper { get; init; } = [];
}

/// <summary>What one machine says about one published ratio.</summary>
/// <param name="Ratio">As measured there; null where a row is missing.</param>
public sealed record MachineVerdict(string Claim, double? Ratio, Outcome Outcome, string Reason);
