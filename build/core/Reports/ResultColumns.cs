using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>What a column says of one row.</summary>
/// <param name="Exact">For a program: full precision (the shortest text that reads back to the same number), empty where there is nothing.</param>
/// <param name="Rounded">For a person; <c>-</c> where there is nothing.</param>
public readonly record struct Cell(string Exact, string Rounded)
{
    public static Cell Of(string? text) => new(text ?? string.Empty, text ?? Readable.Missing);

    public static Cell Of(double? number) => new(Text(number), Readable.Number(number));

    public static Cell Of(Interval? interval) => new(Text(interval), interval is { } ci && ci.Low.Equals(ci.High) ? "exact" : Readable.Interval(interval));

    public static Cell OfRatio(double? ratio) => new(Text(ratio), ratio is { } known ? Readable.Ratio(known) : Readable.Missing);

    public static Cell OfRatio(Interval? interval) => Of(interval) with { Rounded = interval is { } ci && ci.Low.Equals(ci.High) ? "exact" : Readable.Ratio(interval) };

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Text(Interval? interval) => interval is { } ci ? $"{Text(ci.Low)};{Text(ci.High)}" : string.Empty;
}

/// <summary>One column of every table, defined once for all formats.</summary>
public sealed record Column(string Key, string Title, string Legend, Func<ResultsDocument, ResultRow, Cell> Of)
{
    /// <summary>Set to the right, as numbers are.</summary>
    public bool IsNumber { get; init; } = true;

    /// <summary>An interval, which tells nothing where no row's has a width.</summary>
    public bool IsInterval { get; init; }
}

public static class ResultColumns
{
    public static Column Platform { get; } = Word("platform", "Platform", "what the row is measured on", row => row.Platform) with { Of = (document, row) => new Cell(row.Platform, PlatformLabel.Of(document, row.Platform)) };

    public static Column Call { get; } = Word("call", "Call", "what was timed", row => row.Call.Name()) with { Of = (_, row) => new Cell(row.Call.Name(), Words(row.Call)) };

    public static Column Net { get; } = Number("net_median", "Net", "the call alone: the loop with the call less the loop without, median", row => row.Net?.Median);

    public static Column NetCi95 { get; } = new("net_ci95", "95 % interval", "of the net cost: bootstrap over boots, then rounds", (_, row) => Cell.Of(row.Net?.Ci95)) { IsInterval = true };

    public static Column NetNanoseconds { get; } = new("net_ns", "ns", "the net cost in nanoseconds, by the guest's own clock frequency", (document, row) => Cell.Of(Nanoseconds(document, row)));

    public static Column Median { get; } = Number("median", "With loop", "median per call, the loop around it included; of tsc, one pair of clock reads", row => row.Median);

    public static Column Ci95 { get; } = new("ci95", "With loop, 95 % interval", "of the median with the loop", (_, row) => Cell.Of(row.Ci95)) { IsInterval = true };

    public static Column Boots { get; } = Count("boots", "Boots", "starts of the VM", row => row.Boots);

    public static Column Samples { get; } = Count("samples", "Rounds", "timed loops that the numbers come from", row => row.Samples);

    public static Column Disturbed { get; } = Count("disturbed", "Left out", "rounds that an interrupt or the like disturbed, left out by rule", row => row.Disturbed);

    /// <summary>For a program: everything a row holds, an interval in two columns.</summary>
    public static IReadOnlyList<Column> All { get; } =
    [
        Platform,
        Call,
        Word("syscall", "System call", "name of the system call that the boots made", row => row.Syscall),
        Word("setting", "Setting", "what was equal for all its boots, by its name in results.json", row => row.Setting),
        Word("status", "Status", "measured or not-measured", row => row.Status == RowStatus.Measured ? "measured" : "not-measured"),
        new("unit", "Unit", "what the numbers count", (document, row) => Cell.Of((row.Unit ?? document.Unit).Name())) { IsNumber = false },
        Net,
        Number("net_ci95_low", "Net 95 % low", "lower end of the net cost's interval", row => row.Net?.Ci95?.Low),
        Number("net_ci95_high", "Net 95 % high", "upper end of the net cost's interval", row => row.Net?.Ci95?.High),
        NetNanoseconds,
        new("ratio_to", "Ratio to", "the platform that the ratio is to", (document, row) => Cell.Of(Ratio(document, row)?.Base)) { IsNumber = false },
        new("ratio", "Ratio", "net cost over that platform's", (document, row) => Cell.OfRatio(Ratio(document, row)?.Ratio)),
        new("ratio_ci95_low", "Ratio 95 % low", "lower end of the ratio's interval", (document, row) => Cell.OfRatio(Ratio(document, row)?.Ci95?.Low)),
        new("ratio_ci95_high", "Ratio 95 % high", "upper end of the ratio's interval", (document, row) => Cell.OfRatio(Ratio(document, row)?.Ci95?.High)),
        Boots,
        Samples,
        Disturbed,
        Number("disturbed_interrupt", "Interrupted", "rounds with an interrupt, left out or not", row => row.DisturbedBy?.Interrupt),
        Number("disturbed_context_switch", "Switched", "rounds in which the kernel ran something else", row => row.DisturbedBy?.ContextSwitch),
        Number("disturbed_migration", "Moved", "rounds that ended on another CPU", row => row.DisturbedBy?.Migration),
        Number("disturbed_steal", "Stolen", "rounds in which a hypervisor ran something else", row => row.DisturbedBy?.Steal),
        Number("disturbed_clock", "Clock", "rounds whose clock did not advance", row => row.DisturbedBy?.Clock),
        Number("mean", "Mean", "of all samples, with the loop", row => row.Mean),
        Median,
        Number("q1", "Q1", "first quartile, with the loop (Hyndman-Fan type 7)", row => row.Q1),
        Number("q3", "Q3", "third quartile, with the loop", row => row.Q3),
        Number("min", "Min", "smallest sample", row => row.Min),
        Number("max", "Max", "largest sample", row => row.Max),
        Number("ci95_low", "95 % low", "lower end of the median's interval", row => row.Ci95?.Low),
        Number("ci95_high", "95 % high", "upper end of the median's interval", row => row.Ci95?.High),
        Number("outliers_low", "Outliers low", "samples below Tukey's lower fence", row => row.Outliers?.Low),
        Number("outliers_high", "Outliers high", "samples above Tukey's upper fence", row => row.Outliers?.High),
        Number("ns_mean", "ns mean", "the mean in nanoseconds", row => row.Nanoseconds?.Mean),
        Number("ns_median", "ns median", "the median in nanoseconds", row => row.Nanoseconds?.Median),
        Number("ns_q1", "ns Q1", "first quartile in nanoseconds", row => row.Nanoseconds?.Q1),
        Number("ns_q3", "ns Q3", "third quartile in nanoseconds", row => row.Nanoseconds?.Q3),
        Word("reason", "Reason", "why the row has no numbers", row => row.Reason),
        Word("note", "Note", "what the row measures where that is not the noop call", row => row.Note),
    ];

    /// <summary>For a person, what is read first to the left; without the columns in which no row has anything to say.</summary>
    public static IReadOnlyList<Column> Readable(ResultsDocument document, IReadOnlyList<ResultRow> rows)
    {
        var varying = Dimensions.Varying(document, rows).Select(Of).ToList();
        var other = PlatformLabel.Of(document, rows.Select(row => Ratio(document, row)?.Base).FirstOrDefault(name => name is not null) ?? string.Empty);
        Column[] columns =
        [
            Platform, .. varying, Call, Net, NetCi95,
            new("ratio", $"x {other}", $"how many times {other}", (of, row) => Cell.OfRatio(Ratio(of, row)?.Ratio)),
            new("ratio_ci95", $"x {other}, 95 % interval", "of that ratio", (of, row) => Cell.OfRatio(Ratio(of, row)?.Ci95)) { IsInterval = true },
            NetNanoseconds, Median, Ci95, Boots, Samples, Disturbed,
        ];
        return [.. columns.Where(column => column == Platform || rows.Select(row => column.Of(document, row).Rounded).Any(text => text != Reports.Readable.Missing && !(column.IsInterval && text == "exact")))];
    }

    /// <summary>
    /// How the row stands to the platform that people compare with first; null where there is none, or several that are alike, and for a row that is neither a system call nor a function call.
    /// </summary>
    public static PlatformRatio? Ratio(ResultsDocument document, ResultRow row)
    {
        // The document lists the bases in the order in which people ask for them; a base that has no row of this unit is passed over.
        var known = document.Ratios.Where(ratio => ratio.Call == row.Call
            && ((ratio.Platform == row.Platform && ratio.Setting == row.Setting) || (ratio.Base == row.Platform && ratio.BaseSetting == row.Setting))).ToList();
        var name = known.FirstOrDefault()?.Base;
        if (name == row.Platform && name is not null)
            return new PlatformRatio(name, name, row.Call, 1, null, Different: false);
        return known.Where(ratio => ratio.Base == name).ToList() is [var only] ? only : null;
    }

    public static Column Of(Dimension dimension) =>
        new(dimension.Key, dimension.Title, dimension.Legend, (document, row) => Cell.Of(dimension.Value(document, row))) { IsNumber = false };

    /// <summary>The net cost in nanoseconds, where the clock's frequency is known.</summary>
    public static double? Nanoseconds(ResultsDocument document, ResultRow row) =>
        row is { Unit: Unit.Cycles, Net: { } net } && Provenance.Find(document.Provenance.Clocks, row) is { } clock ? net.Median * 1e6 / clock.Khz : null;

    public static string Words(Call call) => call switch
    {
        Model.Call.Scall => "system call",
        Model.Call.Fcall => "function call",
        Model.Call.Empty => "empty loop",
        _ => "clock reads",
    };

    private static Column Word(string key, string title, string legend, Func<ResultRow, string?> text) =>
        new(key, title, legend, (_, row) => Cell.Of(text(row))) { IsNumber = false };

    private static Column Number(string key, string title, string legend, Func<ResultRow, double?> number) =>
        new(key, title, legend, (_, row) => Cell.Of(number(row)));

    /// <summary>A count that is zero because nothing was measured would read as a measurement.</summary>
    private static Column Count(string key, string title, string legend, Func<ResultRow, int> count) =>
        new(key, title, legend, (_, row) => Cell.Of(row.Status == RowStatus.Measured ? count(row) : (double?)null));
}
