using SyscallBench.Model;
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
        if (tasks.Contains("Import") && context.Options.Import is { } folder)
            new ImportedLogs(folder).Check();
    }
}
