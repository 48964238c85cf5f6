using System.Diagnostics;
using SyscallBench.Boots;
using SyscallBench.Consoles;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Statistics;
using SyscallBench.Steps;

namespace SyscallBench.Explain;

/// <summary>Explains one system call of each platform: traces it, names its instructions, and holds their number against what was measured.</summary>
/// <param name="workspace">Where paths are kept, which are traced again only when something that they depend on has changed.</param>
/// <param name="cpu">QEMU's CPU model.</param>
public sealed class Explainer(Workspace workspace, ProcessRunner processes, ImageSet images, string cpu)
{
    // Counts repeat exactly: the rounds beyond the first are there for when a timer tick hits some.
    private static readonly BenchmarkArguments _benchmark = new(Rounds: 5, Iterations: 1000, Warmup: 1);
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(3);

    private readonly StepLedger _ledger = new(workspace);

    /// <summary>What the benchmark calls, and what that has to return; nulls for the noop.</summary>
    public (int? Number, string? Expect) Call { get; init; }

    /// <summary>Name of the kernel that Linux platforms boot; null where there are no names for them.</summary>
    public string? Kernel { get; init; }

    /// <summary>Results that may hold the counts already.</summary>
    public ResultsDocument? Measured { get; init; }

    /// <summary>Each path has to be as long as was measured: in <see cref="Measured"/>, or else in a boot of its own. False where Process will see to that.</summary>
    public bool Holds { get; init; } = true;

    /// <summary>Told after each platform how many are done, of how many.</summary>
    public Action<int, int>? OnProgress { get; init; }

    /// <summary>Explains what can be explained, whatever becomes of the others: side by side, since counts do not mind company.</summary>
    public async Task<ExplainOutcome> RunAsync(IReadOnlyList<GuestPlatform> platforms, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var outcomes = new (ExplainedPath? Path, string? Stale, string? Failure)[platforms.Count];
        var done = 0;
        await Parallel.ForAsync(
            0,
            platforms.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4), CancellationToken = cancellation },
            async (index, token) =>
            {
                try
                {
                    var (path, step) = await ExplainAsync(platforms[index], token);
                    outcomes[index] = (path, step.UpToDate ? null : step.Reason, null);
                }
                catch (UserError failure)
                {
                    outcomes[index].Failure = failure.Message;
                }

                OnProgress?.Invoke(Interlocked.Increment(ref done), platforms.Count);
            });
        var stale = outcomes.Select(each => each.Stale).FirstOrDefault(reason => reason is not null);
        return new ExplainOutcome(
            new Explanation { Paths = [.. outcomes.Select(each => each.Path).OfType<ExplainedPath>()] },
            [.. platforms.Zip(outcomes, (platform, each) => each.Failure is { } failure ? new Finding(Severity.Warning, platform.Name, $"not explained: {failure}") : null).OfType<Finding>()],
            new StepResult("explain", stale is null, stale ?? "nothing changed", StepLedger.NoFacts, StepLedger.NoFacts, watch.Elapsed));
    }

    /// <summary>Writes <c>results/explain.json</c> for programs and <c>explain.txt</c> for people; what is there already is left alone, since Process depends on it.</summary>
    /// <exception cref="UserError">They cannot be written.</exception>
    public static void Keep(Workspace workspace, Explanation explanation)
    {
        Write(workspace.ExplanationFile, JsonFormat.Serialize(explanation));
        Write(Path.ChangeExtension(workspace.ExplanationFile, ".txt"), string.Join('\n', ExplanationText.Full(explanation)) + '\n');

        static void Write(string path, string text)
        {
            if (!File.Exists(path) || File.ReadAllText(path) != text)
                AtomicFile.Write(path, text);
        }
    }

    private async Task<(ExplainedPath Path, StepResult Step)> ExplainAsync(GuestPlatform platform, CancellationToken cancellation)
    {
        // Each kernel's and CPU model's is kept, by a name that is one for a file.
        var kernel = platform.Images.Contains(Image.Kernel) ? Kernel : null;
        var name = string.Concat(string.Join('-', ((string?[])[platform.Name, kernel, cpu]).OfType<string>()).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_'));
        var file = Path.Combine(workspace.Artifacts, "explain", $"{name}.json");
        var step = await _ledger.RunAsync(
            $"explain-{name}",
            Inputs(platform),
            [file],
            async (staging, token) =>
                AtomicFile.Write(Path.Combine(staging, Path.GetFileName(file)), JsonFormat.Serialize(new Explanation { Paths = [await TraceAsync(platform, token)] })),
            StepLedger.NoFacts,
            cancellation);
        var path = Explanation.Read(file).Paths[0];
        path = path with { Setting = SettingOf(path), Kernel = kernel };
        var fault = !Holds ? null : RowOf(path) is { } row ? path.WhyNot(row) : path.WhyNot(await MeasureAsync(platform, cancellation), "a boot that was measured");
        return fault is null ? (path, step) : throw new UserError(fault);
    }

    /// <summary>Traces a call, whatever was traced before, and holds it against nothing.</summary>
    /// <exception cref="UserError">The guest never made the call, or its symbols are another kernel's.</exception>
    public async Task<ExplainedPath> TraceAsync(GuestPlatform platform, CancellationToken cancellation)
    {
        var settings = Settings(platform, console: "");
        await using var guest = await TracedGuest.StartAsync(processes, platform, settings, images.Paths[Image.Benchmark], _deadline, cancellation);
        var trace = await guest.TraceAsync(TracedGuest.LongestPath, cancellation);
        var kernel = images.Paths[platform.Images[0]];
        var symbols = (SymbolsBeside(kernel) is { } file ? Symbols.FromFile(file) : Symbols.FromElf(kernel))
            ?? await guest.ReadSymbolsAsync(trace, cancellation)
            ?? throw new UserError("its kernel has no symbols, neither beside the image (System.map, .dbg) nor in its memory (CONFIG_KALLSYMS), so its path has no names");
        var hashes = platform.Images.ToDictionary(image => image.Name, image => _ledger.Hasher.Hash(images.Paths[image]));
        return PathBuilder.Build(platform.Name, cpu, Syscalls.Name(settings.Benchmark.SystemCall ?? Syscalls.Noop), hashes, trace, symbols);
    }

    private Fingerprint Inputs(GuestPlatform platform)
    {
        var names = Settings(platform, "<console>") with { Images = platform.Images.ToDictionary(image => image, image => image.Name), Qemu = "" };
        var inputs = _ledger.NewFingerprint()
            .AddProgram()
            .Add("--cpu", cpu)
            .Add("the boot", string.Join(' ', platform.Command(names).ToArguments()));
        foreach (var image in platform.Images.Append(Image.Benchmark).Distinct())
            inputs.AddFile(image.Name, images.Paths[image]);
        return SymbolsBeside(images.Paths[platform.Images[0]]) is { } symbols ? inputs.AddFile("the symbols", symbols) : inputs;
    }

    /// <summary>The name of the setting that the call was, or is about to be, measured in; where nobody measured it, one made of what decides the path.</summary>
    private string SettingOf(ExplainedPath path)
    {
        var measured = RunRecord.Find(workspace.RawEvaluation)?.Platforms.Select(platform => platform.Setting).OfType<Setting>()
            .FirstOrDefault(setting => setting.Platform == path.Platform && setting.Accelerator == Accelerator.Tcg && setting.Cpu == cpu
                && path.Hashes.All(hash => setting.Hashes.GetValueOrDefault(hash.Key) == hash.Value));
        return measured?.Name ?? RowOf(path)?.Setting ?? path.Setting;
    }

    private ResultRow? RowOf(ExplainedPath path) => Measured?.Rows.FirstOrDefault(row => row is { Unit: Unit.Instructions, Net: not null } && path.IsOf(Measured, row));

    /// <summary>Symbols that a build left beside its image; null where there are none.</summary>
    private static string? SymbolsBeside(string kernel) =>
        new[] { kernel + ".dbg", Path.Combine(Path.GetDirectoryName(kernel) ?? "", "System.map") }.FirstOrDefault(File.Exists);

    private async Task<double> MeasureAsync(GuestPlatform platform, CancellationToken cancellation)
    {
        using var folder = new SocketFolder();
        var console = folder.Path("console");
        var exit = await new QemuRunner(processes, new SystemFiles())
            .RunAsync(platform.Command(Settings(platform, console)), null, workingDirectory: null, _deadline, cancellation);
        var log = File.Exists(console) ? ConsoleReader.Read(console, "the console", 0) : ConsoleReader.Parse([], "the console", 0);
        if ((exit.WhyEnded ?? platform.WhyFailed(exit.Process.ExitCode, log)) is { } failure)
            throw new UserError(failure);
        var clean = log.Samples.Where(sample => sample is { EmptyDisturbed: Disturbance.None, ScallDisturbed: Disturbance.None })
            .Select(sample => (sample.Scall - sample.Empty) / sample.Iterations).ToList();
        return clean.Count > 0 ? Quantile.Median(clean) : throw new UserError("an interrupt hit every round of a boot, so there is no count to hold the path against");
    }

    private GuestSettings Settings(GuestPlatform platform, string console) => new(
        Accelerator.Tcg,
        cpu,
        platform.ArgumentsOf(_benchmark with { SystemCall = Call.Number, Expect = Call.Expect }),
        platform.Images.ToDictionary(image => image, image => Path.GetFullPath(images.Paths[image])),
        console);
}

/// <summary>What became of explaining some platforms.</summary>
/// <param name="Failures">Why some have no path.</param>
/// <param name="Step">Whether anything was traced, and why.</param>
public sealed record ExplainOutcome(Explanation Explanation, IReadOnlyList<Finding> Failures, StepResult Step);
