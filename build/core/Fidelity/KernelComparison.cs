using SyscallBench.Model;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Fidelity;

/// <summary>
/// Our kernel beside the distribution's. The counts repeat exactly, so they are kept, and measured again only when something that they depend on has changed.
/// </summary>
/// <param name="workspace">Where the counts are kept.</param>
/// <param name="probe">Boots a kernel for one cell.</param>
public sealed class KernelComparison(Workspace workspace, IKernelProbe probe)
{
    private const string Remedy = "delete it and run --target=Verify again";

    /// <summary>Told after each boot how many are done, of how many.</summary>
    public Action<int, int>? OnProgress { get; init; }

    private string Counts => Path.Combine(workspace.Artifacts, "fidelity", "counts.json");

    /// <param name="stock">The distribution's kernel.</param>
    /// <param name="ours">Ours.</param>
    /// <param name="qemu">Version of QEMU.</param>
    /// <param name="cancellation">Ends the boots.</param>
    /// <exception cref="UserError">A boot failed; the message says which.</exception>
    public async Task<(StepResult Step, FidelityReport Report)> RunAsync(StockKernel stock, VerifiedKernel ours, string qemu, CancellationToken cancellation)
    {
        var ledger = new StepLedger(workspace);
        var inputs = ledger.NewFingerprint()
            .AddFile("the stock kernel", stock.Image)
            .AddFile("the kernel", ours.Image)
            .AddFile("the initramfs", workspace.Initramfs)
            .Add("the version of QEMU", qemu);
        foreach (var cell in FidelityCell.All)
            inputs.Add($"the boot for {cell}", probe.Describe(cell));

        var step = await new StepRunner(workspace, ledger).RunAsync(
            new StepPlan
            {
                Name = "fidelity",
                Inputs = inputs,
                Outputs = [Counts],
                Build = (staging, token) => MeasureAsync(stock, ours, Path.Combine(staging, Path.GetFileName(Counts)), token),
            },
            cancellation);
        var report = JsonFormat.Read<FidelityDocument>(Counts, FidelityDocument.CurrentSchema, Remedy).ToReport()
            ?? throw new UserError($"{Counts} has other cells than are measured now; {Remedy}");
        return (step, report with { Stock = stock.Package, Ours = ours.Description });
    }

    private async Task MeasureAsync(StockKernel stock, VerifiedKernel ours, string path, CancellationToken cancellation)
    {
        var grid = new FidelityGrid(probe) { OnProgress = OnProgress };
        var report = new FidelityReport
        {
            Stock = stock.Package,
            Ours = ours.Description,
            Results = await grid.MeasureAsync(stock.Image, ours.Image, cancellation),
        };
        AtomicFile.Write(path, JsonFormat.Serialize(FidelityDocument.Of(report, host: null)));
    }
}

/// <summary>The kernel that is held against the distribution's.</summary>
/// <param name="Description">What it was built from, for people.</param>
/// <param name="Image">Absolute path of its bzImage.</param>
public sealed record VerifiedKernel(string Description, string Image);
