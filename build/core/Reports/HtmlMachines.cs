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
    public static IEnumerable<Table> Costs(ResultsDocument document)
    {
        foreach (var table in ResultTable.Of(document))
        {
            var others = Others(document, table.Rows);
            foreach (var call in table.Rows.Where(row => row.Call is Call.Scall or Call.Fcall).GroupBy(row => row.Call))
            {
                var columns = call.Select(row => PlatformOf(document, row, others)).Distinct().ToList();
                List<string[]> rows =
                [
                    .. from machine in document.Machines
                       let costs = call.Where(row => document.SettingOf(row)?.Machine == machine.Name).ToLookup(row => PlatformOf(document, row, others))
                       where costs.Count > 0
                       select (string[])[Label(machine), .. columns.Select(column => costs[column].FirstOrDefault() is { } row ? Readable.Number(row.Net?.Median ?? row.Median) : Readable.Missing)],
                ];
                if (rows.Count > 1 && rows.All(row => row.Skip(1).SequenceEqual(rows[0].Skip(1))))
                    rows = [[$"all {Readable.Count(rows.Count, "machine")}", .. rows[0].Skip(1)]];
                yield return new Table(
                    $"{Readable.UnitName(table.Unit)} per {ResultColumns.Words(call.Key)} on each machine{(table.IsNet ? ", net of the loop" : ", with the loop")}",
                    [new("Machine"), .. columns.Select(column => new Heading(column, IsNumber: true))],
                    rows);
            }
        }
    }

    /// <summary>What rows differ in beside their machines.</summary>
    public static IReadOnlyList<Dimension> Others(ResultsDocument document, IEnumerable<ResultRow> rows) =>
        [.. Dimensions.Varying(document, rows).Where(dimension => dimension.Key != "machine")];

    /// <summary>A row's platform, with what else it differs in than the machine.</summary>
    public static string PlatformOf(ResultsDocument document, ResultRow row, IReadOnlyList<Dimension> others) =>
        Dimensions.Label(document, row, others) is { Length: > 0 } place ? $"{PlatformLabel.Of(document, row.Platform)}, {place}" : PlatformLabel.Of(document, row.Platform);

    public static string Label(MachineResults machine) => machine.Provenance?.Host.ContainsKey("cpu") == true ? $"{machine.Name}, {Cpu(machine.Provenance)}" : machine.Name;

    // As people say it: the maker's marks and the nominal frequency tell no two CPUs apart.
    private static string Cpu(Provenance provenance) => string.Join(
        ' ',
        SafeText.Escape(provenance.Host.GetValueOrDefault("cpu", Readable.Missing), 60)
            .Replace("(R)", "", StringComparison.Ordinal).Replace("(TM)", "", StringComparison.Ordinal).Split('@')[0]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("CPU" or "Processor") && !word.EndsWith("-Core", StringComparison.Ordinal)));

    public static Html? Machines(Report report)
    {
        var machines = report.Document.Machines;
        if (machines.Count == 0)
            return null;

        var table = new Table(
            "Where each machine's numbers come from",
            [new("Machine"), new("CPU"), new("Measured"), .. _facts.Select(fact => new Heading(fact.Title)), new("Mitigations"), new("Accelerator"), new("Doctor")],
            [.. machines.Where(machine => machine.Provenance is not null).Select(machine => Row(report.Document, machine))]);
        return Html.Join(
        [
            table.Page(),
            Paper(machines),
        ]);
    }

    private static string[] Row(ResultsDocument document, MachineResults machine) =>
    [
        machine.Name,
        Cpu(machine.Provenance!),
        machine.Provenance!.Started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        .. _facts.Select(fact => SafeText.Escape(machine.Provenance.Host.GetValueOrDefault(fact.Fact, Readable.Missing))),
        Mitigations(machine.Provenance.Host),
        document.Settings.FirstOrDefault(setting => setting.Machine == machine.Name && setting.Accelerator is not null)?.Accelerator ?? Readable.Missing,
        machine.Grade?.Replace('-', ' ') ?? Readable.Missing,
    ];

    /// <summary>Of the machine's own kernel: the vulnerabilities that it does something about.</summary>
    private static string Mitigations(IReadOnlyDictionary<string, string> host)
    {
        var active = Provenance.Vulnerabilities(host).Where(state => Provenance.IsMitigated(state.Value)).Select(state => SafeText.Escape(state.Key)).ToList();
        return active.Count == 0 ? "none" : string.Join(", ", active);
    }

    private static Html Paper(IReadOnlyList<MachineResults> machines)
    {
        var claims = machines.SelectMany(machine => machine.Paper).Where(verdict => verdict.Outcome != Outcome.NotComparable).Select(verdict => verdict.Claim).Distinct().ToList();
        if (claims.Count == 0)
            return Html.Of($"");
        var table = new Table(
            "Ratios of each machine against the paper's",
            [new("Machine"), .. claims.Select(claim => new Heading(claim))],
            [.. machines.Where(machine => machine.Paper.Count > 0).Select(machine => (string[])[machine.Name, .. claims.Select(claim => Cell(machine, claim))])]);
        return table.Page();
    }

    private static string Cell(MachineResults machine, string claim) => machine.Paper.FirstOrDefault(verdict => verdict.Claim == claim) is { Ratio: { } ratio } verdict
        ? $"{Readable.Number(ratio)}, {HtmlProvenance.Word(verdict.Outcome)}"
        : Readable.Missing;
}
