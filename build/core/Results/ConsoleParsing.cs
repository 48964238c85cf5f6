using SyscallBench.Boots;
using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Results;

/// <summary>Parse: the console logs of the last run become samples, one file for each setting of a platform.</summary>
public sealed class ConsoleParsing(Workspace workspace, PlatformCatalog catalog)
{
    /// <exception cref="UserError">Nothing was run yet, a log is missing, or the disk refuses.</exception>
    public EvaluationResult Run(CancellationToken cancellation)
    {
        var run = RunRecord.Read(workspace.RawEvaluation);
        var measured = run.Platforms.Where(platform => platform.Boots.Count > 0).ToList();
        var step = new EvaluationStep(workspace, "parse");
        // Said before what it entails: logs that are not asked for are no loss.
        var inputs = step.NewFingerprint()
            .Add("--platforms", string.Join(',', measured.Select(platform => platform.Platform)))
            .Add("--runs", run.Runs);
        foreach (var console in measured.SelectMany(Consoles))
        {
            if (!File.Exists(console.Path))
                throw new UserError($"{console.Path} is missing: run --target=Run, which boots only what is missing");
            inputs.AddFile(console.Source!, console.Path);
        }

        return step.Run(inputs, () => measured.SelectMany(platform => Parse(platform, cancellation)).ToList());
    }

    private IEnumerable<string> Parse(PlatformRun platform, CancellationToken cancellation)
    {
        var mitigations = catalog.Find(platform.Platform)?.Mitigations ?? Mitigations.None;
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
