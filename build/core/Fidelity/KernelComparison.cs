using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Fidelity;

/// <summary>
/// Our kernel beside the distribution's. The counts repeat exactly, so they are kept, and measured again only when something that they depend on has changed.
/// </summary>
public sealed class KernelComparison(Workspace workspace, IKernelProbe probe)
{
    private const string Remedy = "delete it and run --target=Verify again";

    /// <summary>Told after each boot how many are done, of how many.</summary>
    public Action<int, int>? OnProgress { get; init; }

    private string Counts => Path.Combine(workspace.Artifacts, "fidelity", "counts.json");

    /// <param name="series">The series of both: <c>6.1</c>.</param>
    /// <exception cref="UserError">A boot failed; the message says which.</exception>
    public async Task<(StepResult Step, FidelityReport Report)> RunAsync(StockKernel stock, VerifiedKernel ours, string series, string qemu, CancellationToken cancellation)
    {
        var ledger = new StepLedger(workspace);
        var inputs = ledger.NewFingerprint()
            .AddFile("the stock kernel", stock.Image)
            .AddFile("the kernel", ours.Image)
            .AddFile("the initramfs", workspace.Initramfs)
            .Add("the version of QEMU", qemu);
        var cells = FidelityCell.For(series);
        foreach (var cell in cells)
            inputs.Add($"the boot for {cell}", probe.Describe(cell));

        var step = await ledger.RunAsync(
            new StepPlan
            {
                Name = "fidelity",
                Done = "measured",
                Inputs = inputs,
                Outputs = [Counts],
                Build = (staging, token) => MeasureAsync(cells, stock, ours, Path.Combine(staging, Path.GetFileName(Counts)), token),
            },
            cancellation);
        var report = JsonFormat.Read<FidelityReport>(Counts, FidelityReport.CurrentSchema, Remedy);
        if (!report.Cells.Select(result => result.Cell).SequenceEqual(cells))
            throw new UserError($"{Counts} has other cells than are measured now; {Remedy}");
        return (step, report with { Stock = stock.ToString(), Ours = ours.Description });
    }

    private async Task MeasureAsync(IReadOnlyList<FidelityCell> cells, StockKernel stock, VerifiedKernel ours, string path, CancellationToken cancellation)
    {
        // Instruction counts do not mind company.
        var boots = cells.SelectMany(cell => new[] { (Cell: cell, Kernel: stock.Image), (Cell: cell, Kernel: ours.Image) }).ToArray();
        var counts = new InstructionCount[boots.Length];
        var done = 0;
        await Parallel.ForAsync(
            0,
            boots.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4), CancellationToken = cancellation },
            async (index, token) =>
            {
                counts[index] = await probe.CountAsync(boots[index].Kernel, boots[index].Cell, token);
                OnProgress?.Invoke(Interlocked.Increment(ref done), boots.Length);
            });
        var report = new FidelityReport
        {
            Stock = stock.ToString(),
            Ours = ours.Description,
            Cells = [.. cells.Select((cell, index) => FidelityResult.Of(cell, counts[2 * index], counts[(2 * index) + 1]))],
        };
        AtomicFile.Write(path, JsonFormat.Serialize(report));
    }
}

/// <summary>The kernel that is held against the distribution's.</summary>
/// <param name="Description">What it was built from, for people.</param>
/// <param name="Image">Absolute path of its bzImage.</param>
public sealed record VerifiedKernel(string Description, string Image);

/// <summary>Counts what one call costs in one kernel.</summary>
public interface IKernelProbe
{
    /// <summary>Everything that the count depends on besides the kernel's and the benchmark's bytes, in one line; no path of this machine.</summary>
    string Describe(FidelityCell cell);

    /// <exception cref="UserError">The boot failed, or an interrupt hit every round.</exception>
    Task<InstructionCount> CountAsync(string kernel, FidelityCell cell, CancellationToken cancellation);
}
