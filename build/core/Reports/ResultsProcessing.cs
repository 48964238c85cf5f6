using System.Globalization;
using SyscallBench.Boots;
using SyscallBench.Model;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Reports;

/// <summary>Process: samples become numbers, tables and plots in <c>results/</c>.</summary>
/// <param name="workspace">Where samples are and results go.</param>
/// <param name="provenance">Describes this machine and its tools for the report.</param>
public sealed class ResultsProcessing(Workspace workspace, ProvenanceReader provenance)
{
    private const string Name = "process";

    /// <summary>What is written.</summary>
    public IReadOnlyList<IExporter> Exporters { get; init; } = Reports.Exporters.All;

    /// <exception cref="UserError">Something was not parsed yet, or the results cannot be written; the old ones are untouched then.</exception>
    public (EvaluationResult Step, ResultsDocument Document, Explanation? Explanation) Run(CancellationToken cancellation)
    {
        var run = RunRecord.Read(workspace.RawEvaluation);
        var folder = new ResultsFolder(workspace.Results);
        var step = new EvaluationStep(workspace, Name);
        var result = step.Run(Inputs(step, run), () =>
        {
            folder.Probe();
            var request = Request(run);
            var document = ResultsBuilder.Build(request, cancellation);
            var (explanation, faults) = Explanation.Beside(workspace.ResultsFile, document);
            document = document with { Findings = [.. document.Findings.Concat(faults).OrderByDescending(finding => finding.Severity)] };
            var report = new Report(document, [.. request.Platforms.Where(platform => platform.NotMeasured is null).Select(SamplesOf)]) { Explanation = explanation };
            return folder.Write(report, Exporters, cancellation);
        });
        var written = ResultsFile.Read(workspace.ResultsFile);
        return (result, written, Explanation.Beside(workspace.ResultsFile, written).Explanation);
    }

    private Fingerprint Inputs(EvaluationStep step, RunRecord run)
    {
        var inputs = step.NewFingerprint()
            .AddFile("the record of the run", Path.Combine(workspace.RawEvaluation, RunRecord.FileName))
            .Add("program", provenance.Program)
            .Add("exporters", string.Join(' ', Exporters.Select(exporter => exporter.FileName)))
            .Add("seed", provenance.Seed.ToString(CultureInfo.InvariantCulture));
        if (File.Exists(workspace.ExplanationFile))
            inputs.AddFile(Path.GetFileName(workspace.ExplanationFile), workspace.ExplanationFile);
        foreach (var platform in Measured(run))
        {
            AddParsed(PlatformParser.SamplesPath(workspace.ParsedEvaluation, platform.Platform, platform.SettingName));
            AddParsed(PlatformParser.FactsPath(workspace.ParsedEvaluation, platform.Platform, platform.SettingName));
        }

        return inputs;

        void AddParsed(string path)
        {
            if (!File.Exists(path))
                throw new UserError($"{path} is missing: run --target=Parse first, or leave --exclusive out");
            inputs.AddFile(Path.GetRelativePath(workspace.ParsedEvaluation, path), path);
        }
    }

    private ResultsRequest Request(RunRecord run)
    {
        var origin = provenance.Read(run);
        return new ResultsRequest
        {
            Accelerator = run.Accelerator,
            Unit = run.Unit,
            Platforms = [.. run.Platforms.Select(platform => Input(platform, origin))],
            Provenance = origin,
            Findings = [.. run.Findings, .. run.Platforms.Where(platform => platform.Boots.Count > 0).SelectMany(Incomplete)],
        };
    }

    // Boots that count are not thrown away because a later one failed; the run as a whole fails all the same.
    private static IEnumerable<Finding> Incomplete(PlatformRun platform)
    {
        if (platform.Reason is { } reason)
            yield return new Finding(Severity.Error, platform.Platform, FormattableString.Invariant($"only {platform.Boots.Count} of its boots count: {reason}"), "run --target=Run again, which makes what is missing");
    }

    private PlatformInput Input(PlatformRun platform, Provenance origin)
    {
        if (platform.Boots.Count == 0)
            return new PlatformInput { Platform = platform.Platform, Unit = platform.Unit, NotMeasured = platform.Reason, Note = platform.ScallNote, SystemCall = platform.SystemCall };
        return PlatformInput.FromParsed(workspace.ParsedEvaluation, platform.Platform, platform.Unit, platform.SettingName) with
        {
            Note = platform.ScallNote,
            SystemCall = platform.SystemCall,
            CalibratedKhz = CalibratedKhz(platform),
            Setting = SettingOf(platform, origin),
        };
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
    private static long? CalibratedKhz(PlatformRun platform)
    {
        var known = platform.Boots.Select(boot => boot.TscKhz).OfType<long>().Where(khz => khz > 0).Order().ToList();
        return known.Count == 0 ? null : known[known.Count / 2];
    }

    private static PlatformSamples SamplesOf(PlatformInput platform) =>
        new(platform.Platform, platform.Samples) { Unit = platform.Unit, Setting = platform.Setting?.Name };

    private static IEnumerable<PlatformRun> Measured(RunRecord run) => run.Platforms.Where(platform => platform.Boots.Count > 0);
}
