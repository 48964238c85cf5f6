using System.Diagnostics;
using SyscallBench.Fingerprints;
using SyscallBench.Platforms;
using SyscallBench.Results;
using SyscallBench.Samples;

namespace SyscallBench.Throughput;

/// <summary>How fast the tool itself is: Parse and Process on a million records.</summary>
/// <param name="workspace">Scratch files go to its temporary folder, and are removed.</param>
public sealed class ThroughputBench(Workspace workspace)
{
    private const string Platform = "synthetic";
    private const int RoundsPerBoot = 10_000;

    /// <summary>Records in all.</summary>
    public int Records { get; init; } = 1_000_000;

    /// <summary>How often each step is timed; the median counts.</summary>
    public int Repeats { get; init; } = 3;

    /// <exception cref="UserError">The disk refuses.</exception>
    public IReadOnlyList<BenchFigure> Run(CancellationToken cancellation)
    {
        using var folder = new StagingFolder(workspace, "bench");
        var consoles = Write(folder.Path, cancellation);
        var parse = Median(() => PlatformParser.Parse(Platform, consoles, folder.Path, cancellation: cancellation), cancellation);
        var process = Median(() => Process(folder.Path, cancellation), cancellation);
        return
        [
            new BenchFigure("Parse", Records / parse.TotalSeconds / 1e6, "million records per second", AtLeast: 1),
            new BenchFigure("Process", Records / process.TotalSeconds / 1e6, "million records per second", AtLeast: 1),
        ];
    }

    private List<BootConsole> Write(string folder, CancellationToken cancellation)
    {
        var consoles = new List<BootConsole>();
        for (var boot = 0; boot * RoundsPerBoot < Records; boot++)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, FormattableString.Invariant($"boot-{boot:000}.log"));
            using var stream = new BufferedStream(File.Create(path), 1 << 16);
            new SyntheticConsole(boot).Write(stream, Math.Min(RoundsPerBoot, Records - (boot * RoundsPerBoot)));
            consoles.Add(new BootConsole(boot, path));
        }

        return consoles;
    }

    private static void Process(string folder, CancellationToken cancellation) => ResultsBuilder.Build(
        new ResultsRequest
        {
            Accelerator = "kvm",
            Unit = Unit.Cycles,
            Platforms = [PlatformInput.FromParsed(folder, Platform, Unit.Cycles)],
            Provenance = new Provenance
            {
                Version = "bench",
                Started = DateTimeOffset.UnixEpoch,
                CommandLine = [],
                Seed = 1,
                AcceleratorReason = "synthetic",
                Runs = 1,
                Rounds = RoundsPerBoot,
                Iterations = 1000,
                Warmup = 1,
                GuestCpu = "synthetic",
            },
        },
        cancellation);

    private TimeSpan Median(Action step, CancellationToken cancellation)
    {
        var times = new List<TimeSpan>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            cancellation.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            step();
            times.Add(watch.Elapsed);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
