using System.Globalization;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// Import: the logs of somebody else's run, by the same parser and the same statistics, in a folder of results of their own. What was measured here is neither used nor touched.
/// </summary>
/// <param name="workspace">Where samples and results go.</param>
/// <param name="logs">What is imported.</param>
public sealed class LogImport(Workspace workspace, ImportedLogs logs)
{
    private const string Origin = "imported, not measured here";

    /// <summary>Version of this program.</summary>
    public required string Program { get; init; }

    public string? Commit { get; init; }

    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>Seed of the bootstrap.</summary>
    public required ulong Seed { get; init; }

    /// <returns>What was written.</returns>
    /// <exception cref="UserError">No log has a round, or the results cannot be written; old ones are untouched then.</exception>
    public ResultsDocument Run(CancellationToken cancellation)
    {
        logs.Check();
        var folder = new ResultsFolder(workspace.ImportedResults);
        folder.Probe();
        var platforms = ImportedLogs.Platforms.Select(platform => Input(platform, cancellation)).ToList();
        if (platforms.All(platform => platform.Facts is not { Samples: > 0 }))
            throw new UserError($"no log in {logs.Folder} has a whole round of the artifact's format; the first: {platforms.SelectMany(platform => platform.Facts?.RejectedBoots ?? []).First().Reason}");

        var document = ResultsBuilder.Build(
            new ResultsRequest
            {
                Accelerator = "kvm",
                Unit = Unit.Cycles,
                Platforms = platforms,
                Provenance = Provenance(platforms),
                Findings = [new Finding(Severity.Warning, "the import", $"{logs.Folder} was {Origin}: its machine, kernel and mitigations are not known, and its loops are part of the calls")],
            },
            cancellation);
        var samples = platforms.Where(platform => platform.Facts is { Samples: > 0 }).Select(platform => new PlatformSamples(platform.Platform, platform.Samples) { Unit = platform.Unit, Setting = platform.Setting?.Name });
        folder.Write(new Report(document, [.. samples]), Exporters.All, cancellation);
        return document;
    }

    private PlatformInput Input(string platform, CancellationToken cancellation)
    {
        var consoles = logs.Of(platform);
        if (consoles.Count == 0)
            return new PlatformInput { Platform = platform, Unit = Unit.Cycles, NotMeasured = $"{logs.Folder} has no {platform}.0" };

        PlatformParser.Parse(platform, consoles, workspace.ImportedEvaluation, boot => boot.IsArtifactFormat ? null : "it is not in the artifact's format", cancellation: cancellation);
        var input = PlatformInput.FromParsed(workspace.ImportedEvaluation, platform, Unit.Cycles);
        return input with
        {
            // Nobody is to delete what was imported, as our own consoles may be.
            Facts = input.Facts! with { Findings = [.. input.Facts!.Findings.Select(finding => finding with { Remedy = null })] },
            Setting = new ResultSetting
            {
                Name = "imported",
                Machine = "not known",
                Accelerator = "kvm",
                Rounds = ImportedLogs.Setting(consoles[0], "CONFIG_NB_ROUNDS"),
                Iterations = ImportedLogs.Setting(consoles[0], "CONFIG_ITER_PER_ROUND"),
                Warmup = 1,
            },
            CalibratedKhz = logs.TscKhz,
            Calibration = "turbostat",
            ClockRemedy = logs.ClockRemedy,
        };
    }

    private Provenance Provenance(IReadOnlyList<PlatformInput> platforms)
    {
        var consoles = platforms.SelectMany(platform => logs.Of(platform.Platform)).ToList();
        return new Provenance
        {
            Version = Program,
            Commit = Commit,
            Started = consoles.Min(console => File.GetLastWriteTimeUtc(console.Path)),
            CommandLine = CommandLine,
            Seed = Seed,
            AcceleratorReason = $"the artifact runs under no other; {Origin}",
            Runs = platforms.Max(platform => platform.Facts?.Boots ?? 0),
            Rounds = consoles.Max(console => ImportedLogs.Setting(console, "CONFIG_NB_ROUNDS")),
            Iterations = consoles.Max(console => ImportedLogs.Setting(console, "CONFIG_ITER_PER_ROUND")),
            Warmup = 1,
            GuestCpu = $"not known: {Origin}",
            Host = new Dictionary<string, string>
            {
                ["machine"] = $"not known: {Origin}",
                ["logs"] = string.Create(CultureInfo.InvariantCulture, $"{consoles.Count} in {logs.Folder}; the time of the run is that of the oldest file"),
            },
        };
    }
}
