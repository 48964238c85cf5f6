using Cake.Core;
using SyscallBench.Build.Options;

namespace SyscallBench.Build.Hosting;

/// <summary>
/// Several targets in the order typed, each needed task once: one task more, which needs each of them. Left to itself, Cake 7 sorts targets by name, and Cake 6 runs what they
/// share once for each.
/// </summary>
public static class TargetSequence
{
    /// <summary>Name of the task that stands for several targets; null where it is not needed.</summary>
    public static string? NameOf(CommandLine commandLine)
    {
        return commandLine is { Targets.Count: > 1, Exclusive: false, Mode: Mode.Run or Mode.DryRun } ? string.Join(" and ", commandLine.Targets) : null;
    }

    /// <summary>What each run of the engine is told. Exclusive targets need a run each: an exclusive task runs without what it needs.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Runs(CommandLine commandLine)
    {
        return commandLine.Exclusive
            ? [.. commandLine.Targets.Select(target => commandLine.CakeArguments(target))]
            : [commandLine.CakeArguments(NameOf(commandLine) ?? commandLine.Targets[0])];
    }

    /// <summary>Cake's engine, which knows that task too.</summary>
    public static CakeEngine Engine(CakeEngine engine, CommandLine commandLine)
    {
        if (NameOf(commandLine) is { } name)
            _ = commandLine.Targets.Aggregate(engine.RegisterTask(name), (task, target) => task.IsDependentOn(target));
        return engine;
    }
}
