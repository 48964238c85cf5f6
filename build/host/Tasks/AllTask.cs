namespace SyscallBench.Build.Tasks;

[TaskName("All")]
[TaskDescription("Everything, from sources to the table in results/")]
[IsDependentOn(typeof(ParseTask))]
[IsDependentOn(typeof(ExplainTask))]
[IsDependentOn(typeof(ProcessTask))]
public sealed class AllTask : FrostingTask<BenchContext>;
