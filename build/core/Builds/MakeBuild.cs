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
        var room = toolchain.Open(new BuildPlaces
        {
            What = What,
            Sources = new Dictionary<string, string> { [Name] = Sources },
            Output = staging,
            Log = StepRunner.LogOf(workspace, Name),
        });
        return room.RunAsync(new BuildCommand("make", "-C", room.Source(Name), $"O={room.Output}", MakeOptions), cancellation);
    }
}
