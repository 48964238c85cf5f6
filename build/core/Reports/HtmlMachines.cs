using System.Globalization;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The section of a merged page that says which machines the numbers are from.</summary>
internal static class HtmlMachines
{
    // What a reader asks of a machine first, by the name of the fact in its provenance.
    private static readonly (string Title, string Fact)[] _facts =
        [("CPU", "cpu"), ("Microcode", "microcode"), ("Kernel", "kernel"), ("Governor", "frequency.governor"), ("Turbo", "frequency.turbo"), ("SMT", "smt")];

    public static Html? Machines(Report report)
    {
        var machines = report.Document.Machines;
        if (machines.Count == 0)
            return null;

        var table = new Table(
            "Where each machine's numbers come from",
            [new("Machine"), new("Measured"), .. _facts.Select(fact => new Heading(fact.Title)), new("Mitigations"), new("Accelerator"), new("Doctor")],
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
        machine.Provenance!.Started.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        .. _facts.Select(fact => SafeText.Escape(machine.Provenance.Host.GetValueOrDefault(fact.Fact, Readable.Missing))),
        Mitigations(machine.Provenance.Host),
        document.Settings.FirstOrDefault(setting => setting.Machine == machine.Name && setting.Accelerator is not null)?.Accelerator ?? Readable.Missing,
        machine.Grade ?? Readable.Missing,
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
