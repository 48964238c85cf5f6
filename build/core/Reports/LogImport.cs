using System.Text;
using System.Text.RegularExpressions;
using SyscallBench.Consoles;
using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// Import: the logs of somebody else's run, by the same parser and the same statistics, in a folder of results of their own. What was measured here is neither used nor touched.
/// </summary>
/// <param name="folder">
/// The <c>eval</c> that the EuroSys'21 artifact's <c>run.sh</c> leaves: <c>&lt;platform&gt;.&lt;boot&gt;</c> for each boot's console, and <c>tsc_mhz.txt</c>. It is only read.
/// </param>
public sealed partial class LogImport(Workspace workspace, string folder, ProvenanceReader author, IReadOnlyList<string> commandLine)
{
    private const string Origin = "imported, not measured here";
    private const string FrequencyFile = "tsc_mhz.txt";

    // The platforms that the artifact has, in the order of its table.
    private static readonly string[] _platforms = [PlatformCatalog.Linux.Name, PlatformCatalog.LinuxWithoutMitigations.Name, PlatformCatalog.Unikraft.Name];

    /// <exception cref="UsageError">There is nothing to import.</exception>
    public static void Check(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UsageError($"--import={folder}: no such directory; give the eval folder of the artifact's tab_01_bincompat-syscalls");
        if (_platforms.All(platform => Consoles(folder, platform).Count == 0))
            throw new UsageError($"--import={folder}: no log in it is named linux.0, linux-nomitig.0, unikraft.0 or the like; give the eval folder of the artifact's tab_01_bincompat-syscalls");
    }

    /// <exception cref="UserError">No log has a round, or the results cannot be written; old ones are untouched then.</exception>
    public ResultsDocument Run(CancellationToken cancellation)
    {
        Check(folder);
        var results = new ResultsFolder(workspace.ImportedResults);
        results.Probe();
        var platforms = _platforms.Select(platform => Input(platform, cancellation)).ToList();
        if (platforms.All(platform => platform.Facts is not { Samples: > 0 }))
            throw new UserError($"no log in {folder} has a whole round of the artifact's format; the first: {platforms.SelectMany(platform => platform.Facts?.RejectedBoots ?? []).First().Reason}");

        var warning = new Finding(Severity.Warning, "the import", $"{folder} was {Origin}: its machine, kernel and mitigations are not known, and its loops are part of the calls");
        var document = ResultsBuilder.Build("kvm", Unit.Cycles, platforms, Provenance(platforms), [warning], cancellation);
        results.Write(new Report(document, [.. platforms.Where(platform => platform.Facts is { Samples: > 0 })]), Exporter.All, cancellation);
        return document;
    }

    private PlatformInput Input(string platform, CancellationToken cancellation)
    {
        var consoles = Consoles(folder, platform);
        if (consoles.Count == 0)
            return new PlatformInput { Platform = platform, Unit = Unit.Cycles, NotMeasured = $"{folder} has no {platform}.0" };

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
                Rounds = Announced(consoles[0], "CONFIG_NB_ROUNDS"),
                Iterations = Announced(consoles[0], "CONFIG_ITER_PER_ROUND"),
                Warmup = 1,
            },
            CalibratedKhz = TscKhz(),
            Calibration = "turbostat",
            ClockRemedy = $"write the MHz of the machine that made the logs into {Path.Combine(folder, FrequencyFile)} and import again",
        };
    }

    private Provenance Provenance(IReadOnlyList<PlatformInput> platforms)
    {
        var consoles = platforms.SelectMany(platform => Consoles(folder, platform.Platform)).ToList();
        return new Provenance
        {
            Version = author.Program,
            Commit = author.Commit(),
            Started = consoles.Min(console => File.GetLastWriteTimeUtc(console.Path)),
            CommandLine = commandLine,
            Seed = author.Seed,
            AcceleratorReason = $"the artifact runs under no other; {Origin}",
            Runs = platforms.Max(platform => platform.Facts?.Boots ?? 0),
            Rounds = platforms.Max(platform => platform.Setting?.Rounds ?? 0),
            Iterations = platforms.Max(platform => platform.Setting?.Iterations ?? 0),
            Warmup = 1,
            GuestCpu = $"not known: {Origin}",
            Host = new Dictionary<string, string>
            {
                ["machine"] = $"not known: {Origin}",
                ["logs"] = FormattableString.Invariant($"{consoles.Count} in {folder}; the time of the run is that of the oldest file"),
            },
        };
    }

    private static List<BootConsole> Consoles(string folder, string platform) =>
    [
        .. Directory.EnumerateFiles(folder, $"{platform}.*")
            .Select(path => (Path: path, Name: Boot().Match(Path.GetFileName(path))))
            .Where(file => file.Name.Success)
            .Select(file => new BootConsole(int.Parse(file.Name.Groups[1].ValueSpan, CultureInfo.InvariantCulture), file.Path))
            .OrderBy(console => console.Boot),
    ];

    /// <summary>The TSC's frequency, which the artifact asked turbostat for; null where the file is missing or empty, as it is where turbostat failed.</summary>
    private long? TscKhz() =>
        double.TryParse(Lines(Path.Combine(folder, FrequencyFile)).LastOrDefault(line => line.Length > 0), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var mhz)
            && mhz is > 0 and < 1_000_000 ? (long)Math.Round(mhz * 1000) : null;

    /// <summary>A number that the benchmark printed before it measured: <c>CONFIG_ITER_PER_ROUND=1000000</c>; 0 where the log does not say.</summary>
    private static int Announced(BootConsole console, string name) =>
        int.TryParse(Lines(console.Path).FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // What cannot be read says nothing here; whoever parses it says why.
    private static string[] Lines(string path) =>
        File.Exists(path) ? Encoding.Latin1.GetString(BoundedFile.ReadAllBytes(path, ConsoleReader.LargestConsole)).Split('\n', StringSplitOptions.TrimEntries) : [];

    [GeneratedRegex(@"^[^.]+\.(\d{1,6})\z")]
    private static partial Regex Boot();
}
