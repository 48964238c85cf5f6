using SyscallBench.Builds;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Fidelity;

/// <summary>The distribution's kernel, and ours that was built from the same source.</summary>
/// <param name="Ours">What it was built from, for people.</param>
/// <param name="Image">Absolute path of our bzImage.</param>
/// <param name="Series">Of both: <c>6.1</c>.</param>
public sealed record ComparedKernels(StockKernel Stock, string Ours, string Image, string Series)
{
    /// <param name="build">What <paramref name="choice"/> is called among the kernels that were built.</param>
    /// <exception cref="UserError">It is none of Debian's, was not built, or the distribution's cannot be had.</exception>
    public static async Task<ComparedKernels> FindAsync(
        Workspace workspace, KernelSources sources, StockKernels stock, KernelChoice choice, string build, Action<string> say, CancellationToken cancellation)
    {
        if (choice.Kind != KernelKind.Debian)
        {
            throw new UserError(
                $"Verify needs a kernel of Debian's, --kernel=debian for instance: no distribution builds one from the source of --kernel={choice.Text}");
        }

        var source = (DebianKernelPackage)await sources.GetAsync(choice, say, cancellation);
        var kernel = CurrentKernel.Find(workspace, build)
            ?? throw new UserError("there is no kernel to verify: run --target=BuildKernel first, or leave --exclusive out");
        var extra = new StepLedger(workspace).Read(kernel.Step)?.Facts.GetValueOrDefault(KernelBuild.ExtraFact);
        try
        {
            var ours = $"{source.Pin} with noop{(extra is null ? "" : $", and with {extra}")}";
            return new ComparedKernels(await stock.GetAsync(source.Version, say, cancellation), ours, kernel.Image, source.Series);
        }
        catch (UnknownReleaseError error)
        {
            throw new UserError($"{error.Message}; if the mirror has moved on, delete {source.Location} and build the kernel again from the newer source", error);
        }
    }
}

/// <summary>
/// Our kernel beside the distribution's. The counts repeat exactly, so they are kept, and measured again only when something that they depend on has changed.
/// </summary>
/// <param name="describe">Everything that a count depends on besides the bytes of kernel and benchmark, in one line; no path of this machine.</param>
/// <param name="count">Counts what the call of a cell costs in a kernel, an image's absolute path.</param>
public sealed class KernelComparison(
    Workspace workspace, Func<FidelityCell, string> describe, Func<string, FidelityCell, CancellationToken, Task<InstructionCount>> count)
{
    /// <summary>Told after each boot how many are done, of how many.</summary>
    public Action<int, int>? OnProgress { get; init; }

    /// <param name="qemu">QEMU's version.</param>
    /// <exception cref="UserError">A boot failed; the message says which.</exception>
    public async Task<(StepResult Step, FidelityReport Report)> RunAsync(ComparedKernels kernels, string qemu, CancellationToken cancellation)
    {
        var file = Path.Combine(workspace.Artifacts, "fidelity", "counts.json");
        var ledger = new StepLedger(workspace);
        var inputs = ledger.NewFingerprint()
            .AddFile("the stock kernel", kernels.Stock.Image)
            .AddFile("the kernel", kernels.Image)
            .AddFile("the initramfs", workspace.Initramfs)
            .Add("the version of QEMU", qemu);
        var cells = FidelityCell.For(kernels.Series);
        foreach (var cell in cells)
            inputs.Add($"the boot for {cell}", describe(cell));

        var step = await ledger.RunAsync(
            "fidelity",
            inputs,
            [file],
            async (staging, token) =>
                AtomicFile.Write(Path.Combine(staging, Path.GetFileName(file)), JsonFormat.Serialize(await MeasureAsync(cells, kernels, token))),
            StepLedger.NoFacts,
            cancellation);
        var report = JsonFormat.Read<FidelityReport>(file, FidelityReport.CurrentSchema, "delete it and run --target=Verify again");
        return (step with { Done = "measured" }, report with { Stock = kernels.Stock.ToString(), Ours = kernels.Ours });
    }

    private async Task<FidelityReport> MeasureAsync(IReadOnlyList<FidelityCell> cells, ComparedKernels kernels, CancellationToken cancellation)
    {
        // Instruction counts do not mind company.
        var boots = cells.SelectMany(cell => new[] { (Cell: cell, Kernel: kernels.Stock.Image), (Cell: cell, Kernel: kernels.Image) }).ToArray();
        var counts = new InstructionCount[boots.Length];
        var done = 0;
        await Parallel.ForAsync(
            0,
            boots.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4), CancellationToken = cancellation },
            async (index, token) =>
            {
                counts[index] = await count(boots[index].Kernel, boots[index].Cell, token);
                OnProgress?.Invoke(Interlocked.Increment(ref done), boots.Length);
            });
        return new FidelityReport
        {
            Stock = kernels.Stock.ToString(),
            Ours = kernels.Ours,
            Cells = [.. cells.Select((cell, at) => new FidelityResult(cell.Cpu, cell.Mitigations, cell.Call, cell.Number, counts[2 * at], counts[(2 * at) + 1]))],
        };
    }
}
