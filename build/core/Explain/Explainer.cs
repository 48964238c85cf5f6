using System.Globalization;
using SyscallBench.Boots;
using SyscallBench.Consoles;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Explain;

/// <summary>Explains one system call of each platform: traces it, names its instructions, and holds their number against what was measured.</summary>
/// <param name="processes">Starts QEMU.</param>
/// <param name="images">What is booted.</param>
/// <param name="hasher">Knows what the images hold.</param>
/// <param name="cpu">QEMU's CPU model.</param>
/// <param name="qemu">Name or path of QEMU.</param>
public sealed class Explainer(ProcessRunner processes, ImageSet images, FileHasher hasher, string cpu, string qemu)
{
    // Counts repeat exactly: the rounds beyond the first are there for when a timer tick hits some.
    private static readonly BenchmarkArguments _benchmark = new(Rounds: 5, Iterations: 1000, Warmup: 1);
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(3);

    /// <summary>Results that may hold the counts already; null to measure them.</summary>
    public ResultsDocument? Measured { get; init; }

    /// <summary>What the benchmark calls.</summary>
    public BenchmarkArguments Benchmark { get; init; } = _benchmark;

    /// <exception cref="UserError">The guest never made the call, its symbols are another kernel's, or the path is not as long as was measured.</exception>
    public async Task<ExplainedPath> ExplainAsync(GuestPlatform platform, CancellationToken cancellation)
    {
        var path = await TraceAsync(platform, cancellation).ConfigureAwait(false);
        var (count, source) = await CountAsync(platform, cancellation).ConfigureAwait(false);
        return count == path.Total
            ? path
            : throw new UserError(string.Create(
                CultureInfo.InvariantCulture,
                $"{platform.Name}: the path has {path.Total} instructions, {Math.Abs(path.Total - count):0.###} {(path.Total > count ? "more" : "fewer")} than the {count:0.###} of {source}"));
    }

    /// <summary>Name of what decides a platform's count: that of the results, or else the CPU model and the images' contents.</summary>
    private string SettingOf(GuestPlatform platform)
    {
        if (RowOf(platform)?.Setting is { } name)
            return name;
        var content = string.Join(' ', platform.Images.Select(image => hasher.Hash(images.Paths[image])));
        return $"tcg-{cpu}-{Sha256.Of(content)[..8]}";
    }

    private async Task<ExplainedPath> TraceAsync(GuestPlatform platform, CancellationToken cancellation)
    {
        var settings = Settings(platform, console: "");
        var guest = await TracedGuest.StartAsync(processes, platform, settings, images.Paths[Image.Benchmark], _deadline, cancellation).ConfigureAwait(false);
        await using (guest.ConfigureAwait(false))
        {
            var trace = await guest.TraceAsync(TracedGuest.LongestPath, cancellation).ConfigureAwait(false);
            var symbols = SymbolsBeside(images.Paths[platform.Images[0]]) ?? await SymbolsInsideAsync(guest, trace, platform, cancellation).ConfigureAwait(false);
            return PathBuilder.Build(platform.Name, SettingOf(platform), trace, symbols);
        }
    }

    /// <summary>Symbols that a build left beside its image; null where there are none.</summary>
    private static Symbols? SymbolsBeside(string kernel)
    {
        if (File.Exists(kernel + ".dbg"))
            return Symbols.FromElf(kernel + ".dbg");
        var map = Path.Combine(Path.GetDirectoryName(kernel) ?? "", "System.map");
        return File.Exists(map) ? Symbols.FromMap(map) : Symbols.TryFromElf(kernel);
    }

    private static async Task<Symbols> SymbolsInsideAsync(TracedGuest guest, Trace trace, GuestPlatform platform, CancellationToken cancellation)
    {
        // In the middle of the call the kernel's own page tables are in use.
        await guest.StepIntoAsync(trace.Instructions.Count / 2, cancellation).ConfigureAwait(false);
        return await Kallsyms.ReadAsync(guest.Gdb, trace.Entry, cancellation).ConfigureAwait(false)
            ?? throw new UserError($"{platform.Name}: its kernel has no symbols, neither beside the image (System.map, .dbg) nor in its memory (CONFIG_KALLSYMS), so its path has no names");
    }

    private async Task<(double Count, string Source)> CountAsync(GuestPlatform platform, CancellationToken cancellation) =>
        RowOf(platform) is { Net.Median: var net }
            ? (net, "results.json")
            : (await MeasureAsync(platform, cancellation).ConfigureAwait(false), "a boot that was measured");

    /// <summary>The row of the same setting; null where it was measured in cycles, on another CPU model, or with other images.</summary>
    private ResultRow? RowOf(GuestPlatform platform)
    {
        var same = (Measured?.Settings ?? [])
            .Where(setting => setting.Accelerator == Accelerator.Tcg.Name() && setting.Cpu == cpu)
            .Where(setting => platform.Images.All(image => setting.Hashes.GetValueOrDefault(image.Name()) == hasher.Hash(images.Paths[image])))
            .Select(setting => setting.Name);
        return Benchmark.SystemCall is not null
            ? null
            : Measured?.Rows.FirstOrDefault(row => row is { Call: Call.Scall, Unit: Unit.Instructions, Net: not null } && row.Platform == platform.Name && same.Contains(row.Setting));
    }

    private async Task<double> MeasureAsync(GuestPlatform platform, CancellationToken cancellation)
    {
        using var folder = new SocketFolder();
        var console = folder.Path("console");
        var exit = await new QemuRunner(processes, new SystemFiles())
            .RunAsync(platform.Command(Settings(platform, console)), null, workingDirectory: null, _deadline, cancellation).ConfigureAwait(false);

        var log = File.Exists(console) ? ConsoleParser.Read(console, "the console", 0) : ConsoleParser.Parse([], "the console", 0);
        if ((exit.WhyEnded ?? platform.WhyFailed(exit.Process.ExitCode, log)) is { } failure)
            throw new UserError($"{platform.Name}: {failure}");
        var clean = log.Samples.Where(sample => sample is { EmptyDisturbed: Disturbance.None, ScallDisturbed: Disturbance.None })
            .Select(sample => (double)(sample.Scall - sample.Empty) / sample.Iterations).Order().ToList();
        return clean.Count > 0
            ? clean[clean.Count / 2]
            : throw new UserError($"{platform.Name}: an interrupt hit every round of a boot, so there is no count to hold the path against");
    }

    private GuestSettings Settings(GuestPlatform platform, string console) => new()
    {
        Accelerator = Accelerator.Tcg,
        Cpu = cpu,
        Benchmark = Benchmark,
        Images = platform.Images.ToDictionary(image => image, image => Path.GetFullPath(images.Paths[image])),
        Console = console,
        Qemu = qemu,
    };
}
