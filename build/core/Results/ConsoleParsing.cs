using SyscallBench.Boots;
using SyscallBench.Consoles;
using SyscallBench.Platforms;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>Parse: the console logs of the last run become samples, one file for each setting of a platform.</summary>
public sealed class ConsoleParsing(Workspace workspace)
{
    private static readonly PlatformCatalog _catalog = new();

    /// <exception cref="UserError">Nothing was run yet, a log is missing, or the disk refuses.</exception>
    public StepResult Run(CancellationToken cancellation)
    {
        var run = RunRecord.Read(workspace.RawEvaluation);
        var measured = run.Platforms.Where(platform => platform.Boots.Count > 0).ToList();
        var ledger = new StepLedger(workspace, workspace.RunState);
        // Said before what it entails: logs that are not asked for are no loss.
        var inputs = ledger.NewFingerprint().AddProgram()
            .Add("--platforms", string.Join(',', measured.Select(platform => platform.Platform)))
            .Add("--runs", run.Runs);
        foreach (var console in measured.SelectMany(Consoles))
        {
            if (!File.Exists(console.Path))
                throw new UserError($"{console.Path} is missing: run --target=Run, which boots only what is missing");
            inputs.AddFile(console.Source!, console.Path);
        }

        return ledger.Run("parse", inputs, () => measured.SelectMany(platform => Parse(platform, cancellation)).ToList());
    }

    private IEnumerable<string> Parse(PlatformRun platform, CancellationToken cancellation)
    {
        var mitigations = _catalog.Find(platform.Platform)?.Mitigations ?? Mitigations.None;
        PlatformParser.Parse(
            platform.Platform,
            [.. Consoles(platform)],
            workspace.ParsedEvaluation,
            boot => (boot.Begin is { } begin ? platform.Benchmark.WhyOther(begin) : null) ?? MitigationCheck.WhyRejected(mitigations, boot.States, boot.Cpu?.Vendor),
            platform.SettingName,
            cancellation);
        yield return PlatformParser.SamplesPath(workspace.ParsedEvaluation, platform.Platform, platform.SettingName);
        yield return PlatformParser.FactsPath(workspace.ParsedEvaluation, platform.Platform, platform.SettingName);
    }

    // Named relative to the tree, so that findings read the same wherever it lies.
    private IEnumerable<BootConsole> Consoles(PlatformRun platform) => platform.Boots.Select(boot =>
    {
        var path = Path.Combine(workspace.RawEvaluation, boot.Log);
        return new BootConsole(boot.Boot, path, Path.GetRelativePath(workspace.Root, path), boot.LogHash);
    });
}

/// <param name="Source">How messages name it, if not by its path.</param>
/// <param name="Hash">SHA-256 of the log as Run recorded it; null where nobody did.</param>
public sealed record BootConsole(int Boot, string Path, string? Source = null, string? Hash = null);

/// <summary>Makes one file of samples, and one of facts, from the console logs of a platform.</summary>
public static class PlatformParser
{
    /// <summary>Parses all boots of a setting and writes <c>&lt;platform&gt;/&lt;setting&gt;.csv</c> and <c>.json</c>; <c>&lt;platform&gt;.csv</c> and <c>.json</c> where it has no name.</summary>
    /// <param name="folder">Where the two files go, usually <c>eval/parsed</c>.</param>
    /// <param name="refuse">Why a boot that measured must not be used after all, for example because its mitigations are not the intended ones; null where it may.</param>
    /// <exception cref="UserError">A log is missing or unreadable, or a file cannot be written.</exception>
    public static PlatformFacts Parse(
        string platform,
        IReadOnlyList<BootConsole> consoles,
        string folder,
        Func<BootLog, string?>? refuse = null,
        string? setting = null,
        CancellationToken cancellation = default)
    {
        var counted = new List<BootLog>();
        var rejected = new List<RejectedBoot>();
        var findings = new List<Finding>();
        foreach (var console in consoles)
        {
            cancellation.ThrowIfCancellationRequested();
            var boot = ConsoleReader.Read(console.Path, console.Source ?? console.Path, console.Boot);
            findings.AddRange(boot.Findings);
            var refusal = boot.Failure is not null ? null
                : console.Hash is { } recorded && boot.Hash != recorded ? "its log is not the one that Run recorded: somebody changed it"
                : WhyUnlike(boot, counted.FirstOrDefault()) ?? refuse?.Invoke(boot);
            if (refusal is not null)
                findings.Add(new Finding(Severity.Error, $"{platform} boot {boot.Boot}", $"the boot is left out: {refusal}", $"see {boot.Source}; repeat the boot by deleting it"));
            if ((boot.Failure ?? refusal) is { } reason)
                rejected.Add(new RejectedBoot(boot.Boot, reason));
            else
                counted.Add(boot);
        }

        var first = counted.FirstOrDefault();
        var facts = new PlatformFacts
        {
            Platform = platform,
            Boots = counted.Count,
            Samples = counted.Sum(boot => boot.Samples.Count),
            RejectedBoots = rejected,
            Begin = first?.Begin,
            Cpu = first?.Cpu,
            Clock = first?.Clock,
            States = first?.States ?? new Dictionary<string, string>(),
            InterruptsInvisible = counted.Any(boot => boot.InterruptsInvisible),
            Seen = counted.Select(boot => boot.Seen).DefaultIfEmpty().Aggregate((all, seen) => all & seen),
            Findings = findings,
        };
        SampleCsv.Write(SamplesPath(folder, platform, setting), counted.SelectMany(boot => boot.Samples));
        facts.Write(FactsPath(folder, platform, setting));
        return facts;
    }

    public static string SamplesPath(string folder, string platform, string? setting = null) => Path.Combine(folder, platform, setting ?? "") + ".csv";

    public static string FactsPath(string folder, string platform, string? setting = null) => Path.Combine(folder, platform, setting ?? "") + ".json";

    // Boots of different parameters or on different CPUs are different experiments.
    private static string? WhyUnlike(BootLog boot, BootLog? first)
    {
        if (first is null)
            return null;
        if (boot.Begin != first.Begin || boot.IsArtifactFormat != first.IsArtifactFormat)
            return $"its parameters ({Describe(boot.Begin)}) are not those of boot {first.Boot} ({Describe(first.Begin)})";
        return first.Cpu is { } cpu && boot.Cpu is { } other && cpu != other
            ? $"its CPU ({SafeText.Escape(other.Model)}, {SafeText.Escape(other.Family)}) is not that of boot {first.Boot} ({SafeText.Escape(cpu.Model)}, {SafeText.Escape(cpu.Family)})"
            : null;
    }

    private static string Describe(BeginRecord? begin) => begin is null
        ? "the artifact's format"
        : $"{begin.Rounds} rounds of {begin.Iterations} calls of {begin.SystemCall}, warm-up {begin.Warmup}";
}
