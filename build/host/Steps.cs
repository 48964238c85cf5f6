using SyscallBench.Build.Events;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Build;

/// <summary>How every build step reports its end, in one line.</summary>
internal static class Steps
{
    public static void Say(this BenchContext context, StepResult step)
    {
        var name = Path.GetFileName(step.MainOutput);
        context.Events.Add(new StepEnded(step.Step, step.UpToDate, step.Reason, step.Elapsed.TotalSeconds));
        context.Say(step.UpToDate
            ? FormattableString.Invariant($"{name} is up to date: {step.Reason}")
            : FormattableString.Invariant($"{name} built in {step.Elapsed.TotalSeconds:0.0} s: {step.Reason}"));
    }

    public static void Say(this BenchContext context, string what, EvaluationResult step)
    {
        context.Events.Add(new StepEnded(what, step.UpToDate, step.Reason, step.Elapsed.TotalSeconds));
        context.Say(step.UpToDate
            ? $"{what} is up to date: {step.Reason}"
            : FormattableString.Invariant($"{what} written in {step.Elapsed.TotalSeconds:0.0} s: {step.Reason}"));
    }
}
