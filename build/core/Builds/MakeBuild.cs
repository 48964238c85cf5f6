using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>One ELF from one folder of ours with a Makefile: <c>make -C folder O=output</c>.</summary>
/// <param name="what">What is built, as an error message names it.</param>
/// <param name="output">Absolute path of the ELF.</param>
public sealed class MakeBuild(Workspace workspace, IToolchain toolchain, string name, string what, string sources, string output)
{
    private const string MakeOptions = "CC=gcc";

    /// <summary>The freestanding ELF that every guest runs.</summary>
    public static MakeBuild Benchmark(Workspace workspace, IToolchain toolchain) =>
        new(workspace, toolchain, "benchmark", "the benchmark", workspace.BenchmarkSources, workspace.BenchmarkElf);

    /// <summary>The guest that has no kernel to speak of: the least a system call can cost.</summary>
    public static MakeBuild Floor(Workspace workspace, IToolchain toolchain) =>
        new(workspace, toolchain, "floor", "the floor guest", workspace.FloorSources, workspace.FloorElf);

    /// <exception cref="UserError">A source is missing or the compiler failed.</exception>
    public async Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var identity = await toolchain.IdentifyAsync(cancellation);
        var ledger = new StepLedger(workspace);
        var inputs = identity.AddTo(ledger.NewFingerprint().AddFolder(sources)).Add("make options", MakeOptions);
        return await ledger.RunAsync(name, inputs, [output], MakeAsync, identity.Versions, cancellation);
    }

    private Task MakeAsync(string staging, CancellationToken cancellation)
    {
        var sandbox = toolchain.Open(new BuildFolders(what, new Dictionary<string, string> { [name] = sources }, staging, workspace.LogOf(name)));
        return sandbox.RunAsync(new ProcessRequest("make", "-C", sandbox.Source(name), $"O={sandbox.Output}", MakeOptions), cancellation);
    }
}
