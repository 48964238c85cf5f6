using ScottPlot;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The section of a merged page that says which machines the numbers are from.</summary>
internal static class HtmlMachines
{
    // What a reader asks of a machine first, by the name of the fact in its provenance.
    private static readonly (string Title, string Fact)[] _facts =
        [("Microcode", "microcode"), ("Kernel", "kernel"), ("Governor", "frequency.governor"), ("Turbo", "frequency.turbo"), ("SMT", "smt")];

    /// <summary>
    /// What people quote of many machines: a row for each, a column for each platform; one table for each unit and each call that has a cost. Where all
    /// machines say the same, as they do of instructions, one row stands for them.
    /// </summary>
    public static IEnumerable<Table> Costs(ResultsDocument document) =>
        from table in ResultTable.Of(document)
        let others = Others(document, table.Rows)
        from call in table.Rows.Where(row => row.Call is Call.Scall or Call.Fcall).GroupBy(row => row.Call)
        let columns = call.Select(row => PlatformLabel.Of(document, row, others)).Distinct().ToList()
        let rows = (from machine in document.Machines
                    let costs = call.Where(row => document.SettingOf(row)?.Machine == machine.Name).ToLookup(row => PlatformLabel.Of(document, row, others))
                    where costs.Count > 0
                    select (string[])[Label(machine), .. columns.Select(column => costs[column].FirstOrDefault() is { } row ? Readable.Number(row.Net?.Median ?? row.Median) : Readable.Missing)]).ToList()
        select new Table(
            $"{Readable.UnitName(table.Unit)} per {ResultTable.Words(call.Key)} on each machine{(table.IsNet ? ", net of the loop" : ", with the loop")}",
            [new("Machine"), .. columns.Select(column => new Heading(column, IsNumber: true))],
            rows).Merged($"all {Readable.Count(rows.Count, "machine")}");

    /// <summary>What rows differ in beside their machines.</summary>
    public static IReadOnlyList<Dimension> Others(ResultsDocument document, IEnumerable<ResultRow> rows) =>
        [.. Dimensions.Varying(document, rows).Where(dimension => dimension.Key != "machine")];

    public static string Label(MachineResults machine) => machine.Provenance?.Host.ContainsKey("cpu") == true ? $"{machine.Name}, {Cpu(machine.Provenance)}" : machine.Name;

    // As people say it: the maker's marks and the nominal frequency tell no two CPUs apart.
    private static string Cpu(Provenance provenance) => string.Join(
        ' ',
        SafeText.Escape(provenance.Host.GetValueOrDefault("cpu", Readable.Missing), 60)
            .Replace("(R)", "", StringComparison.Ordinal).Replace("(TM)", "", StringComparison.Ordinal).Split('@')[0]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("CPU" or "Processor") && !word.EndsWith("-Core", StringComparison.Ordinal)));

    public static Html? Section(Report report)
    {
        var machines = report.Document.Machines;
        return machines.Count == 0 ? null : Html.Join([Origins(report.Document, machines).Page(), Paper(machines)]);
    }

    private static Table Origins(ResultsDocument document, IReadOnlyList<MachineResults> machines) => new(
        "Where each machine's numbers come from",
        [new("Machine"), new("CPU"), new("Measured"), .. _facts.Select(fact => new Heading(fact.Title)), new("Mitigations"), new("Accelerator"), new("Doctor")],
        [
            .. from machine in machines
               let provenance = machine.Provenance
               where provenance is not null
               select (string[])
               [
                   machine.Name,
                   Cpu(provenance),
                   provenance.Started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                   .. _facts.Select(fact => SafeText.Escape(provenance.Host.GetValueOrDefault(fact.Fact, Readable.Missing))),
                   Mitigations(provenance.Host),
                   document.Settings.FirstOrDefault(setting => setting.Machine == machine.Name && setting.Accelerator is not null)?.Accelerator ?? Readable.Missing,
                   machine.Grade?.Replace('-', ' ') ?? Readable.Missing,
               ],
        ]);

    /// <summary>Of the machine's own kernel: the vulnerabilities that it does something about.</summary>
    private static string Mitigations(IReadOnlyDictionary<string, string> host) => string.Join(", ", Provenance.Vulnerabilities(host)
        .Where(state => Provenance.IsMitigated(state.Value)).Select(state => SafeText.Escape(state.Key)).DefaultIfEmpty("none"));

    private static Html Paper(IReadOnlyList<MachineResults> machines)
    {
        var claims = machines.SelectMany(machine => machine.Paper).Where(verdict => verdict.Outcome != Outcome.NotComparable).Select(verdict => verdict.Claim).Distinct().ToList();
        return claims.Count == 0 ? Html.Empty : new Table(
            "Ratios of each machine against the paper's",
            [new("Machine"), .. claims.Select(claim => new Heading(claim))],
            [.. machines.Where(machine => machine.Paper.Count > 0).Select(machine => (string[])[machine.Name, .. claims.Select(claim => Cell(machine, claim))])]).Page();
    }

    private static string Cell(MachineResults machine, string claim) => machine.Paper.FirstOrDefault(verdict => verdict.Claim == claim) is { Ratio: { } ratio } verdict
        ? $"{Readable.Number(ratio)}, {HtmlProvenance.Word(verdict.Outcome)}"
        : Readable.Missing;
}

/// <summary>System calls on many machines: a row for each machine, the cheapest on top, and a mark for each platform, all on one axis. Of a few machines the figure of settings says more.</summary>
public static class MachinesPlot
{
    private const int Few = 6;
    private const int RowHeight = 22;
    private const int AxisWidth = 420;
    private const int AxisHeight = 40;
    private const float MarkSize = 9;

    // Told apart by shape and by whether they are filled, colours only help.
    private static readonly (MarkerShape Shape, PlotColor Color)[] _marks =
    [
        (MarkerShape.FilledCircle, Palette.Text), (MarkerShape.OpenCircle, Palette.Text), (MarkerShape.FilledSquare, Palette.Floor), (MarkerShape.OpenSquare, Palette.Floor),
        (MarkerShape.FilledTriangleUp, Palette.Text), (MarkerShape.OpenTriangleUp, Palette.Text), (MarkerShape.FilledDiamond, Palette.Floor), (MarkerShape.OpenDiamond, Palette.Floor),
    ];

    internal static bool IsFor(Report report) => Of(report) is not null;

    public static Picture? Of(Report report)
    {
        var document = report.Document;
        var rows = Plots.Rows(report, Call.Scall);
        var others = HtmlMachines.Others(document, rows);
        var machines = rows.GroupBy(row => document.SettingOf(row)?.Machine)
            .Join(document.Machines, costs => costs.Key, machine => machine.Name, (costs, machine) => new Machine(
                HtmlMachines.Label(machine),
                [.. costs.Select(row => (PlatformLabel.Of(document, row, others), Plots.Value(row).Value))]))
            .OrderBy(machine => machine.Costs.Max(cost => cost.Value)).ToList();
        return machines.Count <= Few ? null : new Picture(
            $"{Readable.UnitName(document.Unit)} per system call on each machine, net of the loop",
            string.Join("; ", machines.Select(machine => $"{machine.Name}: {string.Join(", ", machine.Costs.Select(cost => $"{cost.Platform} {Readable.Number(cost.Value)}"))}")),
            canvas => Draw(canvas, machines));
    }

    private static PlotSize Draw(Plot canvas, List<Machine> machines)
    {
        var platforms = machines.SelectMany(machine => machine.Costs).Select(cost => cost.Platform).Distinct().ToList();
        var end = machines.SelectMany(machine => machine.Costs).Max(cost => cost.Value) * 1.03;
        // First the legend, a row for each platform, and one left free.
        var top = platforms.Count + 1;
        List<string> names = [.. Enumerable.Repeat("", top), .. machines.Select(machine => machine.Name)];
        for (var row = top; row < names.Count; row++)
            canvas.Line(0, -row, end, -row, 1, Palette.Faint);

        foreach (var (index, platform) in platforms.Index())
        {
            var (shape, color) = _marks[index % _marks.Length];
            Coordinates[] costs = [.. machines.SelectMany((machine, row) => machine.Costs.Where(cost => cost.Platform == platform).Select(cost => new Coordinates(cost.Value, -(top + row))))];
            canvas.Add.Markers(costs, shape, MarkSize, color.Color);
            canvas.Add.Markers((Coordinates[])[new(end * 0.02, -index)], shape, MarkSize, color.Color);
            canvas.Write(platform, end * 0.02, -index, Alignment.MiddleLeft, offsetX: 10);
        }

        var size = canvas.NameRows(names, (0, end), (0.6 - names.Count, 0.6), AxisWidth, AxisHeight + (RowHeight * names.Count));
        canvas.Axes.Bottom.IsVisible = true;
        return size;
    }

    private sealed record Machine(string Name, IReadOnlyList<(string Platform, double Value)> Costs);
}
