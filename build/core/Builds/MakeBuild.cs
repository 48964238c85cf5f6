using SyscallBench.Model;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>One ELF from one folder of ours with a Makefile: <c>make -C folder O=output</c>.</summary>
internal sealed class MakeBuild(Workspace workspace, IToolchain toolchain)
{
    private const string MakeOptions = "CC=gcc";

    public required string Name { get; init; }

    public required string What { get; init; }

    public required string Sources { get; init; }

    public required string Output { get; init; }

    public async Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var identity = await toolchain.IdentifyAsync(cancellation);
        var ledger = new StepLedger(workspace);
        return await new StepRunner(workspace, ledger).RunAsync(
            new StepPlan
            {
                Name = Name,
                Inputs = ledger.NewFingerprint().AddFolder(Sources).AddToolchain(identity).Add("make options", MakeOptions),
                Outputs = [Output],
                Build = MakeAsync,
                Facts = () => identity.Versions,
            },
            cancellation);
    }

    private Task MakeAsync(string staging, CancellationToken cancellation)
    {
        var sandbox = toolchain.Open(new BuildFolders
        {
            What = What,
            Sources = new Dictionary<string, string> { [Name] = Sources },
            Output = staging,
            Log = StepRunner.LogOf(workspace, Name),
        });
        return sandbox.RunAsync(new ProcessRequest("make", "-C", sandbox.Source(Name), $"O={sandbox.Output}", MakeOptions), cancellation);
    }
}

/// <summary>BuildBenchmark: the freestanding ELF that every guest runs.</summary>
public sealed class BenchmarkBuild(Workspace workspace, IToolchain toolchain)
{
    /// <exception cref="UserError">A source is missing or the compiler failed.</exception>
    public Task<StepResult> RunAsync(CancellationToken cancellation) => new MakeBuild(workspace, toolchain)
    {
        Name = "benchmark",
        What = "the benchmark",
        Sources = workspace.BenchmarkSources,
        Output = workspace.BenchmarkElf,
    }.RunAsync(cancellation);
}

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
