using SyscallBench.Boots;
using SyscallBench.Platforms;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Reports;

/// <summary>Process: samples become numbers, tables and plots in <c>results/</c>.</summary>
public sealed class ResultsProcessing(Workspace workspace, ProvenanceReader provenance)
{
    public IReadOnlyList<Exporter> Exporters { get; init; } = Exporter.All;

    /// <exception cref="UserError">Something was not parsed yet, or the results cannot be written; the old ones are untouched then.</exception>
    public (StepResult Step, ResultsDocument Document, Explanation? Explanation) Run(CancellationToken cancellation)
    {
        var run = RunRecord.Read(workspace.RawEvaluation);
        var folder = new ResultsFolder(workspace.Results);
        var ledger = new StepLedger(workspace, workspace.RunState);
        var result = ledger.Run("process", Inputs(ledger, run), () =>
        {
            folder.Probe();
            var origin = provenance.Read(run);
            List<PlatformInput> platforms = [.. run.Platforms.Select(platform => Input(platform, origin))];
            var document = ResultsBuilder.Build(run.Accelerator, run.Unit, platforms, origin, [.. run.Findings, .. Incomplete(run)], cancellation);
            var (explanation, faults) = Explanation.Beside(workspace.ResultsFile, document);
            document = document with
            {
                Described = run.Platforms.Where(platform => new PlatformCatalog().Find(platform.Platform) is null).DistinctBy(platform => platform.Platform)
                    .ToDictionary(platform => platform.Platform, platform => new DescribedPlatform(platform.Label, platform.Role)),
                Findings = [.. document.Findings.Concat(faults).OrderByDescending(finding => finding.Severity)],
            };
            return folder.Write(new Report(document, [.. platforms.Where(platform => platform.NotMeasured is null)]) { Explanation = explanation }, Exporters, cancellation);
        });
        var written = ResultsFile.Read(workspace.ResultsFile);
        return (result, written, Explanation.Beside(workspace.ResultsFile, written).Explanation);
    }

    private Fingerprint Inputs(StepLedger ledger, RunRecord run)
    {
        var inputs = ledger.NewFingerprint().AddProgram()
            .AddFile("the record of the run", Path.Combine(workspace.RawEvaluation, RunRecord.FileName))
            .Add("program", provenance.Program)
            .Add("exporters", string.Join(' ', Exporters.Select(exporter => exporter.FileName)))
            .Add("seed", provenance.Seed.ToString(CultureInfo.InvariantCulture));
        if (File.Exists(workspace.ExplanationFile))
            inputs.AddFile(Path.GetFileName(workspace.ExplanationFile), workspace.ExplanationFile);
        var parsed = run.Platforms.Where(platform => platform.Boots.Count > 0).SelectMany(platform => (string[])
        [
            PlatformParser.SamplesPath(workspace.ParsedEvaluation, platform.Platform, platform.SettingName),
            PlatformParser.FactsPath(workspace.ParsedEvaluation, platform.Platform, platform.SettingName),
        ]);
        foreach (var path in parsed)
        {
            if (!File.Exists(path))
                throw new UserError($"{path} is missing: run --target=Parse first, or leave --exclusive out");
            inputs.AddFile(Path.GetRelativePath(workspace.ParsedEvaluation, path), path);
        }

        return inputs;
    }

    // Boots that count are not thrown away because a later one failed; the run as a whole fails all the same.
    private static IEnumerable<Finding> Incomplete(RunRecord run) => run.Platforms.Where(platform => platform is { Boots.Count: > 0, Reason: not null }).Select(platform =>
        new Finding(Severity.Error, platform.Platform, $"only {platform.Boots.Count} of its boots count: {platform.Reason}", "run --target=Run again, which makes what is missing"));

    private PlatformInput Input(PlatformRun platform, Provenance origin)
    {
        var input = platform.Boots.Count == 0
            ? new PlatformInput { Platform = platform.Platform, Unit = platform.Unit, NotMeasured = platform.Reason }
            : PlatformInput.FromParsed(workspace.ParsedEvaluation, platform.Platform, platform.Unit, platform.SettingName) with
            {
                CalibratedKhz = MedianKhz(platform, boot => boot.TscKhz),
                CoreKhz = MedianKhz(platform, boot => boot.CoreKhz),
                Setting = SettingOf(platform, origin),
            };
        return input with { Note = platform.ScallNote, SystemCall = platform.SystemCall, Kernel = platform.Kernel };
    }

    private static ResultSetting? SettingOf(PlatformRun platform, Provenance origin) => platform.Setting is not { } setting ? null : new ResultSetting
    {
        Name = setting.Name,
        Machine = origin.Host.GetValueOrDefault("cpu") ?? "not known",
        Accelerator = setting.Accelerator?.Name(),
        Cpu = setting.Cpu,
        Rounds = setting.Rounds,
        Iterations = setting.Iterations,
        Warmup = setting.Warmup,
        Arguments = setting.Arguments,
        Qemu = setting.Qemu,
        Hashes = setting.Hashes,
    };

    // The median of the boots: one that the machine stalled in at the wrong moment does not count.
    private static long? MedianKhz(PlatformRun platform, Func<CountedBoot, long?> khz) =>
        platform.Boots.Select(khz).OfType<long>().Where(khz => khz > 0).Order().ToList() is { Count: > 0 } known ? known[known.Count / 2] : null;
}

/// <summary>Says where the numbers come from: all of it is in the run's record, as it was before the first boot.</summary>
/// <param name="Commit">Commit it was built from; null where that is not known. Asked only when something is written.</param>
/// <param name="Seed">Seed of the bootstrap.</param>
public sealed record ProvenanceReader(string Program, Func<string?> Commit, ulong Seed)
{
    public Provenance Read(RunRecord run)
    {
        var benchmark = run.Platforms[0].Benchmark;
        var tools = new SortedDictionary<string, string>(run.Origin.Tools.ToDictionary(), StringComparer.Ordinal);
        if (run.QemuVersion is { } qemu)
            tools["qemu"] = qemu;
        return new Provenance
        {
            Version = Program,
            Commit = Commit(),
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
