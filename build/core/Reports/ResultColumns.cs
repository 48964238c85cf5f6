using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The columns of a results table.</summary>
public static class ResultColumns
{
    public static Column Platform { get; } = Word("platform", "Platform", "what the row is measured on", row => row.Platform);

    public static Column Call { get; } = Word("call", "Call", "scall system call, fcall function call, empty the bare loop, tsc the two clock reads", row => row.Call.Name());

    public static Column Unit { get; } = Word("unit", "Unit", "what the numbers count", row => row.Unit?.Name());

    public static Column Status { get; } = Word("status", "Status", "measured or not-measured", row => row.Status == RowStatus.Measured ? "measured" : "not-measured");

    public static Column Boots { get; } = Count("boots", "Boots", "starts of the VM", row => row.Boots);

    public static Column Samples { get; } = Count("samples", "Samples", "rounds that the numbers come from", row => row.Samples);

    public static Column Disturbed { get; } = Count("spoilt", "Spoilt", "rounds left out by rule, because an interrupt or the like struck", row => row.Disturbed);

    /// <summary>What struck, kind by kind; empty where the program could not see it.</summary>
    private static IReadOnlyList<Column> DisturbedBy { get; } =
    [
        Number("spoilt_interrupt", "Interrupted", "rounds that an interrupt struck, left out or not", row => row.DisturbedBy?.Interrupt),
        Number("spoilt_context_switch", "Switched", "rounds in which the kernel ran something else", row => row.DisturbedBy?.ContextSwitch),
        Number("spoilt_migration", "Moved", "rounds that ended on another CPU", row => row.DisturbedBy?.Migration),
        Number("spoilt_steal", "Stolen", "rounds in which a hypervisor ran something else", row => row.DisturbedBy?.Steal),
        Number("spoilt_clock", "Clock", "rounds whose clock did not advance", row => row.DisturbedBy?.Clock),
    ];

    public static Column Median { get; } = Number("median", "Median", "per call, with the loop around it", row => row.Median);

    public static Column Ci95 { get; } = new("ci95", "95 % interval", "of the median: bootstrap over boots, then rounds", row => Cell.Of(row.Ci95));

    public static Column Net { get; } = Number("net_median", "Net", "the median less the bare loop: the call alone", row => row.Net?.Median);

    public static Column NetCi95 { get; } = new("net_ci95", "Net, 95 % interval", "of the net cost", row => Cell.Of(row.Net?.Ci95));

    public static Column Mean { get; } = Number("mean", "Mean", "of all samples", row => row.Mean);

    public static Column Q1 { get; } = Number("q1", "Q1", "first quartile (Hyndman-Fan type 7)", row => row.Q1);

    public static Column Q3 { get; } = Number("q3", "Q3", "third quartile", row => row.Q3);

    public static Column Nanoseconds { get; } = Number("ns_median", "ns", "the median in nanoseconds, by the guest's own clock frequency", row => row.Nanoseconds?.Median);

    /// <summary>For a program: everything a row holds, an interval in two columns.</summary>
    public static IReadOnlyList<Column> All { get; } =
    [
        Platform, Call, Status, Unit, Boots, Samples, Disturbed, .. DisturbedBy, Mean, Median, Q1, Q3,
        Number("min", "Min", "smallest sample", row => row.Min),
        Number("max", "Max", "largest sample", row => row.Max),
        Number("ci95_low", "95 % low", "lower end of the median's interval", row => row.Ci95?.Low),
        Number("ci95_high", "95 % high", "upper end of the median's interval", row => row.Ci95?.High),
        Net,
        Number("net_ci95_low", "Net 95 % low", "lower end of the net cost's interval", row => row.Net?.Ci95?.Low),
        Number("net_ci95_high", "Net 95 % high", "upper end of the net cost's interval", row => row.Net?.Ci95?.High),
        Number("outliers_low", "Outliers low", "samples below Tukey's lower fence", row => row.Outliers?.Low),
        Number("outliers_high", "Outliers high", "samples above Tukey's upper fence", row => row.Outliers?.High),
        Number("ns_mean", "ns mean", "the mean in nanoseconds", row => row.Nanoseconds?.Mean),
        Nanoseconds,
        Number("ns_q1", "ns Q1", "first quartile in nanoseconds", row => row.Nanoseconds?.Q1),
        Number("ns_q3", "ns Q3", "third quartile in nanoseconds", row => row.Nanoseconds?.Q3),
        Word("reason", "Reason", "why the row has no numbers", row => row.Reason),
        Word("note", "Note", "what the row measures where that is not the noop call", row => row.Note),
    ];

    /// <summary>For a person; nanoseconds only where a row has them.</summary>
    public static IReadOnlyList<Column> Readable(IEnumerable<ResultRow> rows) =>
        rows.Any(row => row.Nanoseconds is not null)
            ? [Platform, Call, Median, Ci95, Net, NetCi95, Nanoseconds, Mean, Q1, Q3, Boots, Samples, Disturbed]
            : [Platform, Call, Median, Ci95, Net, NetCi95, Mean, Q1, Q3, Boots, Samples, Disturbed];

    private static Column Word(string key, string title, string legend, Func<ResultRow, string?> text) =>
        new(key, title, legend, row => Cell.Of(text(row))) { IsNumber = false };

    private static Column Number(string key, string title, string legend, Func<ResultRow, double?> number) =>
        new(key, title, legend, row => Cell.Of(number(row)));

    /// <summary>A count that is zero because nothing was measured would read as a measurement.</summary>
    private static Column Count(string key, string title, string legend, Func<ResultRow, int> count) =>
        new(key, title, legend, row => Cell.Of(row.Status == RowStatus.Measured ? count(row) : null));
}
