using System.Globalization;

namespace SyscallBench.Fidelity;

/// <summary>The comparison as a person reads it.</summary>
public static class FidelityTable
{
    private static readonly string[] _header = ["CPU", "mitigations", "call", "stock", "ours", "stock net", "ours net", "difference", "verdict"];

    // The names are read from the left, the figures from the right.
    private const int NameColumns = 3;

    /// <summary>Lines of the table, with what the figures are.</summary>
    /// <param name="report">What is shown.</param>
    public static IReadOnlyList<string> Lines(FidelityReport report)
    {
        var rows = new List<string[]> { _header };
        rows.AddRange(report.Results.Select(result => Row(result, report.Limit)));
        var widths = Enumerable.Range(0, _header.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return
        [
            $"stock: {report.Stock}",
            $"ours:  {report.Ours}",
            "Instructions per call, exact (TCG): one turn of the timed loop, and net of the loop. The difference is of the net counts.",
            "",
            .. rows.Select(row => Join(row, widths)),
            "",
            Summary(report),
        ];
    }

    /// <summary>A signed percentage; a difference of nothing has no sign.</summary>
    public static string Percent(double fraction) => fraction == 0 ? "0.0 %" : (fraction * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %";

    private static string[] Row(FidelityResult result, double limit) =>
    [
        result.Cell.Cpu,
        result.Cell.MitigationsText,
        result.Cell.Call.Name,
        Count(result.Stock.Raw),
        Count(result.Ours.Raw),
        Count(result.Stock.Net),
        Count(result.Ours.Net),
        Percent(result.Difference),
        Verdict(result.IsWithin(limit)),
    ];

    /// <summary>The word for a difference, within its limit or not.</summary>
    internal static string Verdict(bool isWithin) => isWithin ? "ok" : "differs";

    /// <summary>Two measurements held against each other: figures, interval, verdict.</summary>
    internal static string Held(Equivalence held) => string.Create(
        CultureInfo.InvariantCulture,
        $"difference {Percent(held.Difference)} [{Percent(held.Difference95.Low)}, {Percent(held.Difference95.High)}], {(held.Agrees ? "ok" : held.Differs ? "differs" : "not decided")} (limit {held.Limit * 100:0.#} %)");

    /// <summary>Both kernels in cycles.</summary>
    public static string Cycles(Equivalence cycles) => string.Create(
        CultureInfo.InvariantCulture, $"getppid under KVM, net TSC cycles: stock {cycles.Reference:0.0}, ours {cycles.Ours:0.0}; {Held(cycles)}");

    private static string Summary(FidelityReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Results.Count - report.Unfaithful.Count} of {report.Results.Count} cells within {report.Limit * 100:0.#} %; the largest difference is {Percent(report.Worst.Difference)}, {report.Worst.Cell}");

    private static string Join(string[] row, List<int> widths) => string.Join(
        "  ",
        row.Select((text, column) => column == row.Length - 1 ? text : column < NameColumns ? text.PadRight(widths[column]) : text.PadLeft(widths[column])));

    private static string Count(double count) => count.ToString("0.##", CultureInfo.InvariantCulture);
}
