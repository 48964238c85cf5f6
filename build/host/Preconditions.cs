using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Build.Tasks;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Reports;
using SyscallBench.Sources;

namespace SyscallBench.Build;

/// <summary>What can be found wrong with the options before any task has run.</summary>
public static class Preconditions
{
    /// <param name="context">The options.</param>
    /// <param name="tasks">Names of the tasks that will run.</param>
    /// <exception cref="UsageError">A path leads to nothing that the tasks could use.</exception>
    public static void Check(BenchContext context, IReadOnlyCollection<string> tasks)
    {
        if (context.Workspace.IsShared && tasks.FirstOrDefault(task => task.StartsWith("Build", StringComparison.Ordinal) || task is "CloneDeps" or "Clean" or "Reproduce" or "Verify") is { } builder)
            throw new UsageError($"--work={context.Workspace.Work}: {builder} changes the checkout itself; build there first, then run with --exclusive");
        if (tasks.Contains("Fleet"))
            FleetTask.MachinesAsync(context).GetAwaiter().GetResult();
        if (tasks.Contains("CloneDeps"))
            _ = new RepositoryAddress(context.Options.Mirror);
        if (tasks.Contains("BuildKernel") || tasks.Contains("Reproduce"))
            CheckKernels(context, tasks);
        if (context.Options.KernelFragment is { } fragment)
            CheckFragment(fragment);
        if (tasks.Contains("Run"))
            CheckGuests(context);
        if (context.IsTarget("Explain") && !context.CommandLine.ComparesFiles)
            CheckExplained(context);

        // It silences everything else, a note that it is of no use included.
        if (context.Options.Json && !tasks.Contains("Doctor") && !tasks.Contains("Compare"))
            throw new UsageError("--json: only Doctor and Compare print JSON; the results of a run are in results/results.json");
        if (tasks.Contains("Import") && context.Options.Import is { } folder)
            LogImport.Check(folder);
    }

    private static void CheckKernels(BenchContext context, IReadOnlyCollection<string> tasks)
    {
        var kernels = context.Kernels;
        var single = tasks.Contains("Explain") && context.Options.Diff is not null ? "Explain --diff" : tasks.FirstOrDefault(task => task is "Mitigations" or "Reproduce" or "Verify");
        if (kernels.Count > 1 && single is not null)
            throw new UsageError($"--kernel={string.Join(',', context.Options.Kernels)}: {single} takes one kernel");
        foreach (var kernel in kernels)
            context.Services.KernelSources(context).CheckAsync(kernel, context.Say, context.Cancellation).GetAwaiter().GetResult();
    }

    private static void CheckFragment(string fragment)
    {
        const long Most = 1024 * 1024;
        if (!Path.Exists(fragment))
            throw new UsageError($"--kernel-fragment={fragment}: no such file");
        try
        {
            if (BoundedFile.ReadAllBytes(fragment, Most).Length == 0)
                throw new UsageError($"--kernel-fragment={fragment}: an empty file, or none that holds text");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageError($"--kernel-fragment={fragment}: {error.Message}");
        }
    }

    // QEMU answers in a tenth of a second, where it is there already. What only KVM can tell of a host's own CPU is left to the boots.
    private static void CheckGuests(BenchContext context)
    {
        BootRequest.Options(context.Options, context.Kernels).Validated();
        if (context.Options.Accelerator == "kvm" && KvmDevice.Read().WhyClosed is { } closed)
            throw new UserError($"{(context.CommandLine.Given.ContainsKey("accel") ? "--accel=kvm" : "--paper")}: {closed}; use --accel=auto or tcg");
        CheckCpus(context);
    }

    private static void CheckExplained(BenchContext context)
    {
        if (context.Options.Cpus?.Any(cpu => cpu.Split(',')[0] == "host") == true)
            throw new UsageError("--cpu=host: Explain runs its guests under TCG, which needs the name of a CPU model");
        _ = ExplainTask.Wanted(context);
        CheckCpus(context);
    }

    private static void CheckCpus(BenchContext context)
    {
        if (ProgramFinder.Find(QemuCommand.DefaultProgram) is null)
            return;
        foreach (var cpu in (context.Options.Cpus ?? []).Where(cpu => cpu.Split(',')[0] != "host"))
            Qemu.CheckCpuAsync(context.Services.Processes, QemuCommand.DefaultProgram, cpu, context.Cancellation).GetAwaiter().GetResult();
    }
}
