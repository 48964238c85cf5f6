using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Build.Events;

/// <summary>What was noticed; all at the end of a run, most severe first.</summary>
public sealed record FindingNoticed(string Severity, string Subject, string Seen, string? Why, string? Remedy) : LogEvent
{
    public static FindingNoticed Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new(finding.Severity.ToString().ToLowerInvariant(), finding.Subject, finding.Seen, finding.Why, finding.Remedy);
    }
}

/// <summary>A row of results.json, its numbers to the digit.</summary>
/// <param name="Platform">What was booted.</param>
/// <param name="Call">What was called.</param>
/// <param name="Status"><c>measured</c> or <c>not-measured</c>.</param>
/// <param name="Unit">Null where nothing was measured.</param>
/// <param name="Median">In <paramref name="Unit"/> per call.</param>
/// <param name="Ci95">95 % interval of the median, low and high.</param>
/// <param name="Reason">Why it was not measured.</param>
public sealed record RowMeasured(
    string Platform, string Call, string Status, string? Unit, double? Median, IReadOnlyList<double>? Ci95, string? Reason) : LogEvent
{
    public static RowMeasured Of(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(
            row.Platform,
            row.Call.Name(),
            row.Status == RowStatus.Measured ? "measured" : "not-measured",
            row.Unit?.Name(),
            row.Median,
            row.Ci95 is { } interval ? [interval.Low, interval.High] : null,
            row.Reason);
    }
}
