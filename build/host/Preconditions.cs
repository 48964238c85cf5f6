using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Model;
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
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Contains("CloneDeps"))
            _ = new RepositoryAddress(context.Options.Mirror);
        if (tasks.Contains("BuildKernel") || tasks.Contains("Reproduce"))
            _ = KernelChoice.Parse(context.Options.Kernel);
        if (context.Options.KernelFragment is { } fragment && !File.Exists(fragment))
            throw new UsageError($"--kernel-fragment={fragment}: no such file");
        if (tasks.Contains("Run"))
            CheckGuests(context);
        if (tasks.Contains("Import") && context.Options.Import is { } folder)
            new ImportedLogs(folder).Check();
    }

    // QEMU answers in a tenth of a second, where it is there already. What only KVM can tell of a host's own CPU is left to the boots.
    private static void CheckGuests(BenchContext context)
    {
        if (context.Options.Accelerator == "kvm" && KvmDevice.Read().WhyClosed is { } closed)
            throw new UserError($"--accel=kvm: {closed}; use --accel=auto or tcg");
        if (context.Options.Cpu is { } cpu && cpu.Split(',')[0] != "host" && ProgramFinder.Find(QemuCommand.DefaultProgram) is not null)
            Qemu.CheckCpuAsync(context.Services.Processes, QemuCommand.DefaultProgram, cpu, context.Cancellation).GetAwaiter().GetResult();
    }
}
