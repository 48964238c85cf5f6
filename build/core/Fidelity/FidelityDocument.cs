using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Steps;

namespace SyscallBench.Fidelity;

/// <summary><c>results/fidelity.json</c>, for programs.</summary>
public sealed record FidelityDocument
{
    /// <summary>Name and version of this format.</summary>
    public const string CurrentSchema = "syscall-bench/fidelity/v1";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>What the counts are; they come from TCG, exact.</summary>
    public string Unit { get; init; } = "instructions";

    /// <summary>Largest difference that passes, as a fraction.</summary>
    public required double Limit { get; init; }

    /// <summary>Every cell is within the limit.</summary>
    public required bool Faithful { get; init; }

    /// <inheritdoc cref="FidelityReport.Stock"/>
    public required string Stock { get; init; }

    /// <inheritdoc cref="FidelityReport.Ours"/>
    public required string Ours { get; init; }

    public required IReadOnlyList<Cell> Cells { get; init; }

    /// <summary>Null where it was not checked.</summary>
    public required HostCheckResult? Host { get; init; }

    /// <summary>Both kernels in TSC cycles under KVM; null where it was not measured.</summary>
    public Equivalence? Cycles { get; init; }

    /// <summary>One cell of the table.</summary>
    /// <param name="Cpu">QEMU's CPU model.</param>
    /// <param name="Mitigations"><c>on</c> or <c>off</c>.</param>
    /// <param name="Call">What was called.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Stock">The distribution's kernel.</param>
    /// <param name="Ours">Ours.</param>
    /// <param name="Difference">Ours less the stock kernel's, as a fraction of the latter, net of the loop.</param>
    public sealed record Cell(string Cpu, string Mitigations, string Call, int Number, InstructionCount Stock, InstructionCount Ours, double Difference);

    public static FidelityDocument Of(FidelityReport report, HostCheckResult? host = null, Equivalence? cycles = null) => new()
    {
        Limit = report.Limit,
        Faithful = report.IsFaithful,
        Stock = report.Stock,
        Ours = report.Ours,
        Cells = [.. report.Results.Select(Of)],
        Host = host,
        Cycles = cycles,
    };

    /// <summary>The report again.</summary>
    public FidelityReport ToReport() => new()
    {
        Stock = Stock,
        Ours = Ours,
        Limit = Limit,
        Results =
        [
            .. Cells.Select(cell => new FidelityResult(
                new FidelityCell(cell.Cpu, cell.Mitigations == "off" ? Mitigations.Off : Mitigations.On, ProbedCall.Of(cell.Call, cell.Number)), cell.Stock, cell.Ours)),
        ],
    };

    /// <summary>Keeps the comparison: <c>results/fidelity.txt</c> for people, <c>results/fidelity.json</c> for programs.</summary>
    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public static void Write(Workspace workspace, FidelityReport report, HostCheckResult? host, Equivalence? cycles)
    {
        string[] lines = [.. FidelityTable.Lines(report), .. cycles is null ? (string[])[] : ["", FidelityTable.Cycles(cycles)], .. host is null ? (string[])[] : ["", .. host.Lines()]];
        AtomicFile.Write(Path.Combine(workspace.Results, "fidelity.txt"), string.Join('\n', lines) + "\n");
        AtomicFile.Write(Path.Combine(workspace.Results, "fidelity.json"), JsonFormat.Serialize(Of(report, host, cycles)));
    }

    private static Cell Of(FidelityResult result) => new(
        result.Cell.Cpu,
        result.Cell.MitigationsText,
        result.Cell.Call.Name,
        result.Cell.Call.Number,
        result.Stock,
        result.Ours,
        result.Difference);
}
