using SyscallBench.Boots;
using SyscallBench.Builds;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Reports;

/// <summary>Collects where the numbers come from: what Run recorded, what the builds recorded, and the machine.</summary>
public sealed class ProvenanceReader(Workspace workspace, SystemFiles files)
{
    private static readonly string[] _steps = ["benchmark", "floor", "elfloader"];

    /// <summary>Name and version of this program.</summary>
    public required string Program { get; init; }

    /// <summary>Commit it was built from; null where that is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>Seed of the bootstrap.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What <c>--kernel</c> said.</summary>
    public required string Kernel { get; init; }

    /// <exception cref="UserError">A record of a boot is damaged.</exception>
    public Provenance Read(RunRecord run)
    {
        var benchmark = run.Platforms.Select(platform => platform.Benchmark).First();
        var kernel = KernelStep();
        return new Provenance
        {
            Version = Program,
            Commit = Commit,
            Started = run.Started,
            CommandLine = run.CommandLine,
            Seed = Seed,
            AcceleratorReason = run.AcceleratorReason,
            Runs = run.Runs,
            Rounds = benchmark.Rounds,
            Iterations = benchmark.Iterations,
            Warmup = benchmark.Warmup,
            GuestCpu = run.GuestCpu,
            Host = HostRecord.Of(HostFacts.Read(files)).Facts.ToDictionary(),
            Tools = Tools(run, kernel),
            Pins = Pins(kernel),
            Hashes = run.Hashes,
        };
    }

    private StepState? KernelStep() =>
        CurrentKernel.Find(workspace, Kernel) is { } kernel ? new StepLedger(workspace).Read(kernel.Step) : null;

    private SortedDictionary<string, string> Tools(RunRecord run, StepState? kernel)
    {
        var tools = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["dotnet"] = Environment.Version.ToString() };
        if (run.QemuVersion is { } qemu)
            tools["qemu"] = qemu;
        var ledger = new StepLedger(workspace);
        foreach (var state in _steps.Select(ledger.Read).Append(kernel).OfType<StepState>())
        {
            foreach (var (name, value) in state.Inputs.Where(input => input.Key == "toolchain" || input.Key.StartsWith("version of ", StringComparison.Ordinal)))
                tools[name.Replace("version of ", "", StringComparison.Ordinal)] = value;
        }

        return tools;
    }

    private static SortedDictionary<string, string> Pins(StepState? kernel)
    {
        var pins = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pin in Sources.Pins.Repositories)
            pins[pin.Repository] = pin.Commit;
        if (kernel is not null && kernel.Facts.TryGetValue("source", out var source))
            pins["linux"] = source;
        if (kernel is not null && kernel.Facts.TryGetValue(KernelBuild.ExtraFact, out var extra))
            pins["linux.config"] = extra;
        return pins;
    }
}
