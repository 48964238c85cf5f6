using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The rows of one unit: units never share a column, so a document with two units has two tables.</summary>
/// <param name="Rows">Measured rows: system calls first, each call in the document's order.</param>
public sealed record ResultTable(ResultsDocument Document, Unit Unit, IReadOnlyList<ResultRow> Rows)
{
    public IReadOnlyList<Column> Columns => ResultColumns.Readable(Document, Rows);

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
        $"{Readable.UnitName(Unit)} per {ResultColumns.Words(call)}{(IsNet ? ", net of the loop" : ", with the loop")}{(IsExact(Rows) ? ", exact counts" : string.Empty)}";

    /// <summary>The columns that people quote; the median where no loop was subtracted.</summary>
    public IReadOnlyList<Column> Quoted =>
        [.. Columns.Where(column => column.Key is not ("boots" or "samples" or "disturbed" or "call") && (!IsNet || column.Key is not ("median" or "ci95")))];

    public bool IsNet => Rows.Any(row => row.Net is not null);

    /// <summary>As text, with all columns that have something to say, or the given ones.</summary>
    public Table Table(params IReadOnlyList<Column> columns)
    {
        var shown = columns.Count > 0 ? columns : Columns;
        return new Table(Title, [.. shown.Select(column => new Heading(column.Title, column.IsNumber))], [.. Rows.Select(row => shown.Select(column => column.Of(Document, row).Rounded).ToList())]);
    }

    // One row stands for all where they say the same, as a function call's do under TCG.
    private Table Merged()
    {
        var varying = Dimensions.Varying(Document, Rows).Select(dimension => dimension.Key).ToList();
        var alike = Table([.. Quoted.Where(column => !varying.Contains(column.Key))]);
        return alike.Rows.Count > 1 && alike.Rows.All(row => row.Skip(1).SequenceEqual(alike.Rows[0].Skip(1)))
            ? alike with { Rows = [["every platform", .. alike.Rows[0].Skip(1)]] }
            : Table(Quoted);
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
}

/// <summary>A platform's name where a person reads; an unknown platform goes by its own name.</summary>
public static class PlatformLabel
{
    private static readonly PlatformCatalog _catalog = new();

    public static bool Is(ResultsDocument? document, string platform, PlatformRole role) => (Described(document, platform)?.Role ?? _catalog.Find(platform)?.Role) == role;

    /// <summary>A row's: with what the settings of the platform differ in, where it was measured under several.</summary>
    public static string Of(ResultsDocument document, ResultRow row) =>
        Dimensions.Label(document, row, Dimensions.Varying(document, document.Rows.Where(other => other.Platform == row.Platform))) is { Length: > 0 } place ? $"{Of(document, row.Platform)}, {place}" : Of(document, row.Platform);

    /// <summary>A path's, with its kernel where the platform has a path of several.</summary>
    public static string Of(Report report, ExplainedPath path) =>
        report.Explanation?.Which(path) is { } which ? $"{Of(report.Document, path.Platform)}, {SafeText.Escape(which)}" : Of(report.Document, path.Platform);

    public static string InSentence(ResultsDocument? document, string platform) =>
        Is(document, platform, PlatformRole.Floor) ? $"the floor guest ({Of(document, platform)})" : Is(document, platform, PlatformRole.Reference) ? "this machine" : Of(document, platform);

    public static string Of(ResultsDocument? document, string platform) =>
        _catalog.Find(platform)?.Label ?? (Described(document, platform) is { } described ? SafeText.Escape(described.Label, 80) : platform);

    private static DescribedPlatform? Described(ResultsDocument? document, string platform) => document?.Described.GetValueOrDefault(platform);
}
