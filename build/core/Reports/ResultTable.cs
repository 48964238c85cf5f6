using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>One column of a table that people read.</summary>
/// <param name="Key">Names the column where one is left out.</param>
/// <param name="Legend">What its numbers are, in words.</param>
/// <param name="Of">What it says of a row; <c>-</c> where there is nothing.</param>
public sealed record Column(string Key, string Title, string Legend, Func<ResultRow, string> Of, bool IsNumber = true);

/// <summary>The rows of one unit: units never share a column, so a document with two units has two tables.</summary>
/// <param name="Rows">Measured rows: system calls first, each call in the document's order.</param>
public sealed record ResultTable(ResultsDocument Document, Unit Unit, IReadOnlyList<ResultRow> Rows)
{
    private const string Exact = "exact";

    /// <summary>What is read first to the left; without the columns in which no row has anything to say.</summary>
    public IReadOnlyList<Column> Columns
    {
        get
        {
            var other = PlatformLabel.Of(Document, Rows.Select(row => Ratio(Document, row)?.Base).FirstOrDefault(name => name is not null) ?? string.Empty);
            Column[] columns =
            [
                new("platform", "Platform", "what the row is measured on", row => PlatformLabel.Of(Document, row.Platform), IsNumber: false),
                .. Dimensions.Varying(Document, Rows).Select(dimension =>
                    new Column(dimension.Key, dimension.Title, dimension.Legend, row => dimension.Value(Document, row) ?? Readable.Missing, IsNumber: false)),
                new("call", "Call", "what was timed", row => Words(row.Call), IsNumber: false),
                new("net_median", "Net", "the call alone: the loop with the call less the loop without, median", row => Readable.Number(row.Net?.Median)),
                new("net_ci95", "95 % interval", "of the net cost: bootstrap over boots, then rounds", row => Interval(row.Net?.Ci95, Readable.Interval)),
                new("ratio", $"x {other}", $"how many times {other}", row => Ratio(Document, row) is { } ratio ? Readable.Ratio(ratio.Ratio) : Readable.Missing),
                new("ratio_ci95", $"x {other}, 95 % interval", "of that ratio", row => Interval(Ratio(Document, row)?.Ci95, Readable.Ratio)),
                new("net_ns", "ns", "the net cost in nanoseconds, by the guest's own clock frequency", row => Readable.Number(Nanoseconds(Document, row))),
                new("median", "With loop", "median per call, the loop around it included; of tsc, one pair of clock reads", row => Readable.Number(row.Median)),
                new("ci95", "With loop, 95 % interval", "of the median with the loop", row => Interval(row.Ci95, Readable.Interval)),
                new("boots", "Boots", "starts of the VM", row => Readable.Number(row.Boots)),
                new("samples", "Rounds", "timed loops that the numbers come from", row => Readable.Number(row.Samples)),
                new("disturbed", "Left out", "rounds that an interrupt or the like disturbed, left out by rule", row => Readable.Number(row.Disturbed)),
            ];
            // An interval tells nothing where no row's has a width.
            return [.. columns.Where(column => column.Key == "platform" || Rows.Any(row => column.Of(row) is not (Readable.Missing or Exact)))];
        }
    }

    /// <summary>What the numbers are, for the line above the table.</summary>
    public string Title => IsExact(Rows) ? $"{Readable.UnitName(Unit)} per call, exact counts" : $"{Readable.UnitName(Unit)} per call";

    public static IReadOnlyList<ResultTable> Of(ResultsDocument document) =>
    [
        .. document.Rows
            .Where(row => row.Status == RowStatus.Measured)
            .GroupBy(row => row.Unit ?? document.Unit)
            .OrderByDescending(group => group.Key == document.Unit)
            .Select(group => new ResultTable(document, group.Key, [.. group.OrderByDescending(row => row.Call)])),
    ];

    /// <summary>What people quote, one table for each call that has a cost: the net cost and how it compares.</summary>
    public IEnumerable<Table> ByCall() =>
        from call in Rows.Where(row => row.Call is Call.Scall or Call.Fcall).GroupBy(row => row.Call)
        let part = this with { Rows = [.. call] }
        select part.Merged() with { Title = part.TitleOf(call.Key) };

    /// <summary>What the numbers are that people quote.</summary>
    public string TitleOf(Call call) =>
        $"{Readable.UnitName(Unit)} per {Words(call)}{(IsNet ? ", net of the loop" : ", with the loop")}{(IsExact(Rows) ? ", exact counts" : string.Empty)}";

    /// <summary>The columns that people quote; the median where no loop was subtracted.</summary>
    public IReadOnlyList<Column> Quoted =>
        [.. Columns.Where(column => column.Key is not ("boots" or "samples" or "disturbed" or "call") && (!IsNet || column.Key is not ("median" or "ci95")))];

    public bool IsNet => Rows.Any(row => row.Net is not null);

    /// <summary>As text, with all columns that have something to say, or the given ones.</summary>
    public Table Table(params IReadOnlyList<Column> columns)
    {
        var shown = columns.Count > 0 ? columns : Columns;
        return new Table(Title, [.. shown.Select(column => new Heading(column.Title, column.IsNumber))], [.. Rows.Select(row => shown.Select(column => column.Of(row)).ToList())]);
    }

    // One row stands for all where they say the same, as a function call's do under TCG.
    private Table Merged()
    {
        var varying = Dimensions.Varying(Document, Rows).Select(dimension => dimension.Key).ToList();
        var merged = Table([.. Quoted.Where(column => !varying.Contains(column.Key))]).Merged("every platform");
        return merged.Rows.Count < Rows.Count ? merged : Table(Quoted);
    }

    /// <summary>Every number was the same in all rounds, of which there were several: there is no interval to speak of.</summary>
    public static bool IsExact(IEnumerable<ResultRow> rows) => rows.Any() && rows.All(row => row is { Unit: Unit.Instructions, Samples: > 1, Ci95: { } ci } && ci.Low.Equals(ci.High));

    /// <summary>What was asked for and has no numbers: each platform once for each reason, with the calls that were asked for. Nobody asks for the empty loop beside calls that were measured.</summary>
    public static IReadOnlyList<(string Platform, string Reason)> NotMeasured(ResultsDocument document) =>
    [
        .. document.Rows
            .Where(row => row.Status == RowStatus.NotMeasured)
            .Where(row => row.Call != Call.Empty || !document.Rows.Any(other => other.Platform == row.Platform && other.Setting == row.Setting && other.Status == RowStatus.Measured))
            .GroupBy(row => (row.Platform, Reason: row.Reason ?? "no reason was recorded"))
            .Select(rows => (rows.Key.Platform, Calls: string.Join(", ", rows.Where(row => row.Setting is null).Select(row => row.Syscall).OfType<string>().Distinct()), rows.Key.Reason))
            .Select(missing => (missing.Platform, missing.Calls.Length > 0 ? $"{missing.Calls}: {missing.Reason}" : missing.Reason)),
    ];

    /// <summary>
    /// How the row stands to the platform that people compare with first; null where there is none, or several that are alike, and for a row that is neither a system call nor a function call.
    /// </summary>
    public static PlatformRatio? Ratio(ResultsDocument document, ResultRow row)
    {
        // The document lists the bases in the order in which people ask for them; a base that has no row of this unit is passed over.
        var known = document.Ratios.Where(ratio => ratio.Call == row.Call
            && ((ratio.Platform == row.Platform && ratio.Setting == row.Setting) || (ratio.Base == row.Platform && ratio.BaseSetting == row.Setting))).ToList();
        if (known.FirstOrDefault()?.Base is not { } name)
            return null;
        if (name == row.Platform)
            return new PlatformRatio(name, name, row.Call, 1, null, Different: false);
        return known.Where(ratio => ratio.Base == name).ToList() is [var only] ? only : null;
    }

    /// <summary>The net cost in nanoseconds, where the clock's frequency is known.</summary>
    public static double? Nanoseconds(ResultsDocument document, ResultRow row) =>
        row is { Unit: Unit.Cycles, Net: { } net } && Provenance.Find(document.Provenance.Clocks, row) is { } clock ? net.Median * 1e6 / clock.Khz : null;

    public static string Words(Call call) => call switch
    {
        Call.Scall => "system call",
        Call.Fcall => "function call",
        Call.Empty => "empty loop",
        _ => "clock reads",
    };

    private static string Interval(Interval? interval, Func<Interval?, string> write) => interval is { } ci && ci.Low.Equals(ci.High) ? Exact : write(interval);
}

/// <summary>A platform's name where a person reads; an unknown platform goes by its own name.</summary>
public static class PlatformLabel
{
    private static readonly PlatformCatalog _catalog = new();

    public static bool Is(ResultsDocument? document, string platform, PlatformRole role) => (Described(document, platform)?.Role ?? _catalog.Find(platform)?.Role) == role;

    /// <summary>A row's: with what the settings of the platform differ in, where it was measured under several.</summary>
    public static string Of(ResultsDocument document, ResultRow row) =>
        Of(document, row, Dimensions.Varying(document, document.Rows.Where(other => other.Platform == row.Platform)));

    /// <summary>A row's, with where it stands in these dimensions.</summary>
    public static string Of(ResultsDocument document, ResultRow row, IReadOnlyList<Dimension> dimensions) =>
        Dimensions.Label(document, row, dimensions) is { Length: > 0 } place ? $"{Of(document, row.Platform)}, {place}" : Of(document, row.Platform);

    /// <summary>A path's, with its kernel where the platform has a path of several.</summary>
    public static string Of(Report report, ExplainedPath path) =>
        report.Explanation?.Which(path) is { } which ? $"{Of(report.Document, path.Platform)}, {SafeText.Escape(which)}" : Of(report.Document, path.Platform);

    public static string InSentence(ResultsDocument? document, string platform) =>
        Is(document, platform, PlatformRole.Floor) ? $"the floor guest ({Of(document, platform)})" : Is(document, platform, PlatformRole.Reference) ? "this machine" : Of(document, platform);

    public static string Of(ResultsDocument? document, string platform) =>
        _catalog.Find(platform)?.Label ?? (Described(document, platform) is { } described ? SafeText.Escape(described.Label, 80) : platform);

    private static DescribedPlatform? Described(ResultsDocument? document, string platform) => document?.Described.GetValueOrDefault(platform);
}
