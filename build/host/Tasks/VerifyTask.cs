using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Explain;
using SyscallBench.Fidelity;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Build.Tasks;

[TaskName("Verify")]
[TaskDescription("Holds our kernel against the distribution's, call by call, and host against perf bench")]
[IsDependentOn(typeof(BuildFsesTask))]
[IsDependentOn(typeof(BuildKernelTask))]
public sealed class VerifyTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var choice = context.Kernels[0];
        var kernels = await ComparedKernels.FindAsync(
            context.Workspace, context.Services.KernelSources(context), context.StockKernels, choice, context.Options.BuildOf(choice), context.Say, context.Cancellation);
        var runner = new QemuRunner(context.Services.Processes, new SystemFiles());
        var probe = new KernelProbe(runner, context.Workspace.Initramfs, Path.Combine(context.Workspace.Logs, "fidelity"), QemuCommand.DefaultProgram);
        var report = await CompareCountsAsync(context, kernels, probe);
        report.Write(context.Workspace);
        context.Print(report.CountLines());

        report = report with { Cycles = await CompareCyclesAsync(context, kernels, probe) };
        report.Write(context.Workspace);
        context.Print(report.CyclesLine is { } cycles ? [cycles] : []);

        report = report with { Host = await CheckHostAsync(context) };
        report.Write(context.Workspace);
        context.Print(report.Host?.Lines() ?? []);

        await ExplainAsync(context, kernels, report);
        report.Require();
    }

    private static async Task<FidelityReport> CompareCountsAsync(BenchContext context, ComparedKernels kernels, KernelProbe probe)
    {
        var version = await Qemu.VersionAsync(context.Services.Processes, QemuCommand.DefaultProgram, context.Cancellation);
        using var progress = context.Progress("comparing kernels, boots");
        var comparison = new KernelComparison(context.Workspace, probe.Describe, probe.CountAsync) { OnProgress = (done, total) => progress.Report(done, total) };
        var (step, report) = await comparison.RunAsync(kernels, version, context.Cancellation);
        context.Say(step);
        return report;
    }

    // Counts say that both run the same instructions; where KVM works, cycles say that they take as long.
    private static async Task<Agreement?> CompareCyclesAsync(BenchContext context, ComparedKernels kernels, KernelProbe probe)
    {
        if (context.Options.Accelerator == "tcg")
            return null;
        var kvm = await BootRequest.Probe(context).AskAsync(context.Cancellation);
        context.Say(kvm.Works == true ? "comparing kernels in cycles under KVM" : $"kernels not compared in cycles: {kvm.Reason}");
        return kvm.Works == true
            ? await probe.CompareCyclesAsync(kernels, context.Options.Cpu ?? Accelerator.Kvm.DefaultCpu(), Pinning.Of(CpuChoice.Of(Topology.Read(new SystemFiles()))), context.Cancellation)
            : null;
    }

    private static async Task<HostCheckResult?> CheckHostAsync(BenchContext context)
    {
        var cpu = CpuChoice.Of(Topology.Read(new SystemFiles())).Cpu;
        var check = new HostCheck(context.Services.Processes, context.Workspace.BenchmarkElf, Path.Combine(context.Workspace.Logs, "host-check.log"), cpu);
        try
        {
            await new HostPackages(context.Services.Processes, context.OsRelease, Environment.IsPrivilegedProcess)
                .EnsureAsync(PackageUse.Compare, context.Options.Install, context.Say, context.Cancellation);
            await check.RunPerfAsync(context.Cancellation);
        }
        catch (UserError error)
        {
            // Without perf there is nothing to compare with; that says nothing about ours.
            context.Findings.Add(new Finding(Severity.Warning, "host", $"not held against perf bench: {error.Message}"));
            return null;
        }

        return await check.RunAsync(context.Cancellation);
    }

    // The functions that make the difference, of the cells that are furthest off.
    private static async Task ExplainAsync(BenchContext context, ComparedKernels kernels, FidelityReport report)
    {
        const int MostCells = 4;
        foreach (var cell in report.Unfaithful.Take(MostCells).Select(result => result.Cell))
        {
            // Offsets and registers differ between any two builds; here it is the count that matters.
            var diff = ExplanationDiff.Of($"{kernels.Stock.Package}, {cell}", await TraceAsync(kernels.Stock.Image), "ours", await TraceAsync(kernels.Image));
            context.Print(ExplanationText.Diff(diff with { Functions = [.. diff.Functions.Where(function => function.Delta != 0)] }));

            Task<ExplainedPath> TraceAsync(string kernel)
            {
                var images = new ImageSet().Add(Image.Kernel, kernel).Add(Image.Initramfs, context.Workspace.Initramfs).Add(Image.Benchmark, context.Workspace.BenchmarkElf);
                return new Explainer(context.Workspace, context.Services.Processes, images, cell.Cpu) { Call = (cell.Number, cell.Expect) }.TraceAsync(cell.Platform, context.Cancellation);
            }
        }
    }
}
