using Cake.Frosting;
using SyscallBench.Boots;
using SyscallBench.Build.Hosting;
using SyscallBench.Builds;
using SyscallBench.Fidelity;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Processes;
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
        ArgumentNullException.ThrowIfNull(context);
        var report = await CompareKernelsAsync(context);
        FidelityFiles.Write(context.Workspace, report, host: null);
        Print(context, FidelityTable.Lines(report));

        var host = await CheckHostAsync(context);
        FidelityFiles.Write(context.Workspace, report, host);
        Print(context, host?.Lines() ?? []);

        report.Require();
        host?.Require();
    }

    private static async Task<FidelityReport> CompareKernelsAsync(BenchContext context)
    {
        var source = await SourceAsync(context);
        var stock = await new StockKernels(context.Workspace, context.Services.Processes).GetAsync(source, context.Say, context.Cancellation);
        var qemu = new QemuRunner(context.Services.Processes, new SystemFiles());
        var version = await QemuVersion.ReadAsync(context.Services.Processes, Qemu, context.Cancellation);
        var probe = new KernelProbe(qemu, context.Workspace.Initramfs, Path.Combine(context.Workspace.Logs, "fidelity"), Qemu);
        using var progress = context.Progress("comparing kernels, boots");
        var comparison = new KernelComparison(context.Workspace, probe) { OnProgress = (done, total) => progress.Report(done, total) };
        var (step, report) = await comparison.RunAsync(stock, Ours(context, source), version, context.Cancellation);
        context.Say(step);
        return report;
    }

    private static async Task<DebianKernelPackage> SourceAsync(BenchContext context)
    {
        var choice = KernelChoice.Parse(context.Options.Kernel);
        if (choice.Kind != KernelKind.Debian)
            throw new UserError($"Verify needs --kernel=debian: no distribution builds a kernel from the source of --kernel={context.Options.Kernel}");
        return (DebianKernelPackage)await context.Services.KernelSources(context.Workspace).GetAsync(choice, context.Say, context.Cancellation);
    }

    private static VerifiedKernel Ours(BenchContext context, DebianKernelPackage source)
    {
        var kernel = CurrentKernel.Find(context.Workspace, context.Options.KernelName)
            ?? throw new UserError("there is no kernel to verify: run --target=BuildKernel first, or leave --exclusive out");
        var extra = new StepLedger(context.Workspace).Read(kernel.Step)?.Facts.GetValueOrDefault(KernelBuild.ExtraFact);
        return new VerifiedKernel($"{source.Pin} with noop{(extra is null ? "" : $", and with {extra}")}", kernel.Image);
    }

    private static async Task<HostCheckResult?> CheckHostAsync(BenchContext context)
    {
        try
        {
            var packages = new HostPackages(context.Services.Processes, CoreServices.OsReleaseText, Environment.IsPrivilegedProcess);
            await packages.EnsureAsync(PackageUse.Compare, context.Options.Install, context.Say, context.Cancellation);
            var check = new HostCheck(context.Services.Processes, context.Workspace.BenchmarkElf, Path.Combine(context.Workspace.Logs, "host-check.log"), CpuAffinity.Get()[^1]);
            return await check.RunAsync(context.Cancellation);
        }
        catch (UserError error)
        {
            context.Findings.Add(new Finding(Severity.Warning, "host", $"not held against perf bench: {error.Message}"));
            return null;
        }
    }

    private static void Print(BenchContext context, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            context.Print(line);
    }
}
