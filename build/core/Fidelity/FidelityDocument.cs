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

    /// <summary>One cell of the table.</summary>
    /// <param name="Cpu">QEMU's CPU model.</param>
    /// <param name="Mitigations"><c>on</c> or <c>off</c>.</param>
    /// <param name="Call">What was called.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Stock">The distribution's kernel.</param>
    /// <param name="Ours">Ours.</param>
    /// <param name="Difference">Ours less the stock kernel's, as a fraction of the latter, net of the loop.</param>
    public sealed record Cell(string Cpu, string Mitigations, string Call, int Number, InstructionCount Stock, InstructionCount Ours, double Difference);

    public static FidelityDocument Of(FidelityReport report, HostCheckResult? host) => new()
    {
        Limit = report.Limit,
        Faithful = report.IsFaithful,
        Stock = report.Stock,
        Ours = report.Ours,
        Cells = [.. report.Results.Select(Of)],
        Host = host,
    };

    /// <summary>The report again; null where the cells are not those that are measured now.</summary>
    public FidelityReport? ToReport() => Cells.Select(cell => (cell.Cpu, cell.Mitigations, cell.Call, cell.Number))
        .SequenceEqual(FidelityCell.All.Select(cell => (cell.Cpu, cell.MitigationsText, cell.Call.Name, cell.Call.Number)))
        ? new FidelityReport
        {
            Stock = Stock,
            Ours = Ours,
            Limit = Limit,
            Results = [.. FidelityCell.All.Zip(Cells, (cell, counts) => new FidelityResult(cell, counts.Stock, counts.Ours))],
        }
        : null;

    private static Cell Of(FidelityResult result) => new(
        result.Cell.Cpu,
        result.Cell.MitigationsText,
        result.Cell.Call.Name,
        result.Cell.Call.Number,
        result.Stock,
        result.Ours,
        result.Difference);
}
