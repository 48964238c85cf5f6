using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Builds;
using SyscallBench.Explain;
using SyscallBench.Fidelity;
using SyscallBench.Machine;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tasks;

[TaskName("Verify")]
[TaskDescription("Holds our kernel against the distribution's, call by call, and host against perf bench")]
[IsDependentOn(typeof(BuildFsesTask))]
[IsDependentOn(typeof(BuildKernelTask))]
public sealed class VerifyTask : AsyncFrostingTask<BenchContext>
{
    private const string Qemu = "qemu-system-x86_64";

    public override async Task RunAsync(BenchContext context)
    {
        var source = await SourceAsync(context);
        var stock = await StockAsync(context, source);
        var probe = new KernelProbe(
            new QemuRunner(context.Services.Processes, new SystemFiles()), context.Workspace.Initramfs, Path.Combine(context.Workspace.Logs, "fidelity"), Qemu);
        var report = await CompareKernelsAsync(context, source, stock, probe);
        report.Write(context.Workspace);
        context.Print(report.CountLines());

        report = report with { Cycles = await CompareCyclesAsync(context, source, stock, probe) };
        report.Write(context.Workspace);
        context.Print(report.CyclesLine is { } cycles ? [cycles] : []);

        report = report with { Host = await CheckHostAsync(context) };
        report.Write(context.Workspace);
        context.Print(report.Host?.Lines() ?? []);

        await ExplainAsync(context, stock, Ours(context, source), report);
        report.Require();
    }

    private static async Task<FidelityReport> CompareKernelsAsync(BenchContext context, DebianKernelPackage source, StockKernel stock, KernelProbe probe)
    {
        var version = await SyscallBench.Boots.Qemu.VersionAsync(context.Services.Processes, Qemu, context.Cancellation);
        using var progress = context.Progress("comparing kernels, boots");
        var comparison = new KernelComparison(context.Workspace, probe) { OnProgress = (done, total) => progress.Report(done, total) };
        var (step, report) = await comparison.RunAsync(stock, Ours(context, source), source.Series, version, context.Cancellation);
        context.Say(step);
        return report;
    }

    // The functions that make the difference, of the cells that are furthest off.
    private static async Task ExplainAsync(BenchContext context, StockKernel stock, VerifiedKernel ours, FidelityReport report)
    {
        const int MostCells = 4;
        foreach (var cell in report.Unfaithful.Take(MostCells).Select(result => result.Cell))
        {
            var (before, after) = (await TraceAsync(stock.Image), await TraceAsync(ours.Image));
            // Offsets and registers differ between any two builds; here it is the count that matters.
            var diff = ExplanationDiff.Of($"{stock.Package}, {cell}", before, "ours", after);
            context.Print(ExplanationText.Diff(diff with { Functions = [.. diff.Functions.Where(function => function.Delta != 0)] }));

            Task<ExplainedPath> TraceAsync(string kernel)
            {
                var images = new ImageSet().Add(Image.Kernel, kernel).Add(Image.Initramfs, context.Workspace.Initramfs).Add(Image.Benchmark, context.Workspace.BenchmarkElf);
                return new Explainer(context.Workspace, context.Services.Processes, images, cell.Cpu) { Call = (cell.Call.Number, cell.Call.Expect) }
                    .TraceAsync(KernelProbe.PlatformOf(cell), context.Cancellation);
            }
        }
    }

    // Counts say that both run the same instructions; where KVM works, cycles say that they take as long.
    private static async Task<Agreement?> CompareCyclesAsync(BenchContext context, DebianKernelPackage source, StockKernel stock, KernelProbe probe)
    {
        if (context.Options.Accelerator == "tcg")
            return null;
        var files = new SystemFiles();
        var kvm = await BootRequest.Probe(context).AskAsync(context.Cancellation);
        if (kvm.Works != true)
        {
            context.Say($"kernels not compared in cycles: {kvm.Reason}");
            return null;
        }

        context.Say("comparing kernels in cycles under KVM");
        return await probe.CompareCyclesAsync(
            stock.Image, Ours(context, source).Image, context.Options.Cpu ?? Accelerator.Kvm.DefaultCpu(), Pinning.Of(CpuChoice.Of(Topology.Read(files))), context.Cancellation);
    }

    private static async Task<DebianKernelPackage> SourceAsync(BenchContext context)
    {
        var choice = context.Kernels[0];
        if (choice.Kind != KernelKind.Debian)
            throw new UserError($"Verify needs a kernel of Debian's, --kernel=debian for instance: no distribution builds one from the source of --kernel={choice.Text}");
        return (DebianKernelPackage)await context.Services.KernelSources(context).GetAsync(choice, context.Say, context.Cancellation);
    }

    private static async Task<StockKernel> StockAsync(BenchContext context, DebianKernelPackage source)
    {
        try
        {
            return await context.StockKernels.GetAsync(source.Version, context.Say, context.Cancellation);
        }
        catch (UnknownReleaseError error)
        {
            throw new UserError($"{error.Message}; if the mirror has moved on, delete {source.Package} and build the kernel again from the newer source", error);
        }
    }

    private static VerifiedKernel Ours(BenchContext context, DebianKernelPackage source)
    {
        var kernel = CurrentKernel.Find(context.Workspace, context.Options.BuildOf(context.Kernels[0]))
            ?? throw new UserError("there is no kernel to verify: run --target=BuildKernel first, or leave --exclusive out");
        var extra = new StepLedger(context.Workspace).Read(kernel.Step)?.Facts.GetValueOrDefault(KernelBuild.ExtraFact);
        return new VerifiedKernel($"{source.Pin} with noop{(extra is null ? "" : $", and with {extra}")}", kernel.Image);
    }

    // Without perf there is nothing to compare with, which is worth a warning; a benchmark that fails is a failure.
    private static async Task<HostCheckResult?> CheckHostAsync(BenchContext context)
    {
        var packages = new HostPackages(context.Services.Processes, context.OsRelease, Environment.IsPrivilegedProcess);
        try
        {
            await packages.EnsureAsync(PackageUse.Compare, context.Options.Install, context.Say, context.Cancellation);
        }
        catch (UserError error)
        {
            return Without(error);
        }

        try
        {
            var cpu = CpuChoice.Of(Topology.Read(new SystemFiles())).Cpu;
            var check = new HostCheck(context.Services.Processes, context.Workspace.BenchmarkElf, Path.Combine(context.Workspace.Logs, "host-check.log"), cpu);
            return await check.RunAsync(context.Cancellation);
        }
        catch (PerfUnavailableError error)
        {
            return Without(error);
        }

        HostCheckResult? Without(UserError error)
        {
            context.Findings.Add(new Finding(Severity.Warning, "host", $"not held against perf bench: {error.Message}"));
            return null;
        }
    }
}
