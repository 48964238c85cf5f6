using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>What became of a row since the baseline.</summary>
public enum Change
{
    /// <summary>No difference that noise could not explain.</summary>
    Same,

    Faster,

    Slower,

    /// <summary>The two numbers do not answer the same question; the row says why.</summary>
    NotComparable,

    /// <summary>The baseline measured it, and this run did not, or measured something else under its name.</summary>
    Missing,
}

/// <summary>One row of the baseline beside the same row of the current run. Numbers are in <see cref="Unit"/>, per call, net of the loop where there is a net cost.</summary>
public sealed record RowComparison
{
    public required string Platform { get; init; }

    public required Call Call { get; init; }

    /// <summary>Name of its setting now, or in the baseline where there is no such row now.</summary>
    public string? Setting { get; init; }

    /// <summary>What tells it from the platform's other rows, <c>EPYC-v1</c>; null where the run has one setting.</summary>
    public string? Place { get; init; }

    public Unit? Unit { get; init; }

    /// <summary>Net cost in the baseline.</summary>
    public double? Baseline { get; init; }

    /// <summary>Net cost now.</summary>
    public double? Current { get; init; }

    /// <summary>Current less baseline.</summary>
    public ComparedValue? Difference { get; init; }

    /// <summary>The difference as a fraction of the baseline (0.03 is 3 % more); null where that is zero.</summary>
    public ComparedValue? Relative { get; init; }

    public required Change Change { get; init; }

    /// <summary>Slower, and by more than the threshold.</summary>
    public bool Regression { get; init; }

    /// <summary>Why the row could not be compared, or what has to be known about the comparison.</summary>
    public string? Reason { get; init; }
}

/// <summary>A run compared with a baseline.</summary>
/// <param name="Threshold">Growth that is tolerated, as a fraction: 0.02 is 2 %.</param>
/// <param name="Rows">Every row of either document, in the current document's order, then what only the baseline has.</param>
/// <param name="Findings">What differs between the runs beside the numbers, and may explain them.</param>
public sealed record Comparison(double Threshold, IReadOnlyList<RowComparison> Rows, IReadOnlyList<Finding> Findings)
{
    public const string Schema = "syscall-bench/comparison/v2";

    public IEnumerable<RowComparison> Regressions => Rows.Where(row => row.Regression);

    /// <summary>Rows of the baseline that this run does not have.</summary>
    public IEnumerable<RowComparison> Missing => Rows.Where(row => row.Change == Change.Missing);

    /// <summary>For a program.</summary>
    public string ToJson() => JsonFormat.Serialize(new { Schema, Threshold, Regression = Regressions.Any(), Missing = Missing.Any(), Rows, Findings });
}
