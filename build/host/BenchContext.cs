using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using SyscallBench.Build.Hosting;
using SyscallBench.Build.Options;

namespace SyscallBench.Build;

/// <summary>What a task works with. Tasks read no arguments and no environment.</summary>
public sealed class BenchContext(
    ICakeContext context, CommandLine commandLine, Paths paths, Interruption interruption, TaskCatalogue tasks, FindingList findings)
    : FrostingContext(context)
{
    public BenchOptions Options => commandLine.Options;

    /// <summary>What was typed, and for which targets.</summary>
    public CommandLine CommandLine => commandLine;

    public Paths Paths => paths;

    /// <summary>Every task with its name, description and needs.</summary>
    public TaskCatalogue Tasks => tasks;

    /// <summary>Cancelled by the first Ctrl+C, SIGTERM or SIGHUP. Every task that takes longer than a moment hands it on.</summary>
    public CancellationToken Cancellation => interruption.Token;

    /// <summary>What was noticed on the way; printed together at the end.</summary>
    public FindingList Findings => findings;

    /// <summary>One line of what a task is there to print; shown under every verbosity.</summary>
    public void Print(string line) => Log.Write(Verbosity.Quiet, LogLevel.Information, "{0}", line);

    /// <summary>One line for whoever watches; silent under <c>--verbosity=quiet</c> and <c>minimal</c>.</summary>
    public void Say(string line) => Log.Information("{0}", line);

    /// <summary>One line of detail, seen under <c>--verbosity=verbose</c> and <c>diagnostic</c>.</summary>
    public void Detail(string line) => Log.Verbose("{0}", line);
}
