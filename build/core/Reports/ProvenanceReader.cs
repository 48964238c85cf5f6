using SyscallBench.Boots;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>Says where the numbers come from: all of it is in the run's record, as it was before the first boot.</summary>
public sealed class ProvenanceReader
{
    /// <summary>Name and version of this program.</summary>
    public required string Program { get; init; }

    /// <summary>Commit it was built from; null where that is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>Seed of the bootstrap.</summary>
    public required ulong Seed { get; init; }

    public Provenance Read(RunRecord run)
    {
        var benchmark = run.Platforms.Select(platform => platform.Benchmark).First();
        var tools = new SortedDictionary<string, string>(run.Origin.Tools.ToDictionary(), StringComparer.Ordinal);
        if (run.QemuVersion is { } qemu)
            tools["qemu"] = qemu;
        return new Provenance
        {
            Version = Program,
            Commit = Commit,
            Started = run.Started,
            CommandLine = run.Origin.CommandLine,
            Seed = Seed,
            AcceleratorReason = run.AcceleratorReason,
            Runs = run.Runs,
            Rounds = benchmark.Rounds,
            Iterations = benchmark.Iterations,
            Warmup = benchmark.Warmup,
            GuestCpu = run.GuestCpu,
            Host = run.Origin.Machine,
            Tools = tools,
            Pins = run.Origin.Pins,
            Hashes = run.Hashes,
        };
    }
}
