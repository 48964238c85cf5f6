using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>The guest that has no kernel to speak of: the least a system call can cost.</summary>
public sealed class FloorBuild(Workspace workspace, IToolchain toolchain)
{
    /// <exception cref="UserError">A source is missing or the compiler failed.</exception>
    public Task<StepResult> RunAsync(CancellationToken cancellation) => new MakeBuild(workspace, toolchain)
    {
        Name = "floor",
        What = "the floor guest",
        Sources = workspace.FloorSources,
        Output = workspace.FloorElf,
    }.RunAsync(cancellation);
}
