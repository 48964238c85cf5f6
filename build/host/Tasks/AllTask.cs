using Cake.Frosting;

namespace SyscallBench.Build.Tasks;

[TaskName("All")]
[TaskDescription("Everything, from sources to the table in results/")]
[IsDependentOn(typeof(ProcessTask))]
public sealed class AllTask : FrostingTask<BenchContext>;
