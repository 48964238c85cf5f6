using SyscallBench.Platforms;
using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>Makes the results document from samples. The same samples, seed and metadata make the same document, byte for byte.</summary>
public static class ResultsBuilder
{
    /// <param name="accelerator"><c>kvm</c> or <c>tcg</c>.</param>
    /// <param name="platforms">Every platform asked for, measured or not, in the order of the table.</param>
    /// <param name="provenance">Clocks and guests are filled in from the platforms.</param>
    /// <param name="noticed">By Run, and by the examination of the machine.</param>
    /// <exception cref="UserError">A file of samples is missing or damaged.</exception>
    public static ResultsDocument Build(
        string accelerator, Unit unit, IReadOnlyList<PlatformInput> platforms, Provenance provenance, IEnumerable<Finding> noticed, CancellationToken cancellation = default)
    {
        var analyses = new List<PlatformAnalysis>();
        foreach (var platform in platforms)
        {
            cancellation.ThrowIfCancellationRequested();
            analyses.Add(PlatformAnalysis.Of(platform, provenance.Seed));
        }

        var several = platforms.Where(each => each.Setting is not null).GroupBy(each => each.Platform).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        var document = new ResultsDocument
        {
            Accelerator = accelerator,
            Unit = unit,
            Settings = [.. platforms.Select(platform => platform.Setting).OfType<ResultSetting>().DistinctBy(setting => setting.Name)],
            Rows = [.. analyses.SelectMany(analysis => analysis.Rows)],
            Provenance = provenance with
            {
                Clocks = analyses.Where(each => each.Clock is not null).ToDictionary(KeyOf, each => each.Clock!),
                Guests = analyses.Where(each => each.Guest.Count > 0).ToDictionary(KeyOf, each => each.Guest),
            },
        };
        var dimensions = Dimensions.Varying(document);
        IEnumerable<Finding> findings =
        [
            .. ExactCounts(analyses),
            .. noticed,
            .. analyses.SelectMany(analysis => analysis.Findings.Select(finding => finding with { Subject = Subject(analysis, finding.Subject) })),
        ];
        return document with { Ratios = Ratios(document, analyses), Findings = [.. findings.Distinct().OrderByDescending(finding => finding.Severity)] };

        string KeyOf(PlatformAnalysis each) => several.Contains(each.Input.Platform) ? $"{each.Input.Platform}/{each.Input.Setting?.Name}" : each.Input.Platform;

        string Subject(PlatformAnalysis each, string subject) =>
            several.Contains(each.Input.Platform) && Dimensions.Label(document, each.Rows[0], dimensions) is { Length: > 0 } label ? $"{subject} ({label})" : subject;
    }

    // Between rows of the same unit and place, the first base's first.
    private static IReadOnlyList<PlatformRatio> Ratios(ResultsDocument document, IReadOnlyList<PlatformAnalysis> analyses) =>
    [
        .. from platform in new PlatformCatalog().Bases
           from denominator in analyses
           where denominator.Input.Platform == platform.Name
           from numerator in analyses
           where numerator.Input.Platform != platform.Name && numerator.Input.Unit == denominator.Input.Unit
           where Dimensions.AreAlike(document, numerator.Rows[0], denominator.Rows[0])
           from call in (Call[])[Call.Fcall, Call.Scall]
           where numerator.Estimates.ContainsKey(call) && denominator.Estimates.ContainsKey(call)
           let ratio = Ratio.Of(numerator.Estimates[call], denominator.Estimates[call])
           where ratio is not null
           select new PlatformRatio(
               numerator.Input.Platform, platform.Name, call, ratio.Value, ratio.Ci95, ratio.IsDifferent, numerator.Input.Setting?.Name, denominator.Input.Setting?.Name),
    ];

    // Said once for all platforms, not for each.
    private static IEnumerable<Finding> ExactCounts(IReadOnlyList<PlatformAnalysis> analyses)
    {
        var exact = analyses
            .Where(analysis => analysis.Input.Unit == Unit.Instructions)
            .GroupBy(analysis => analysis.Input.Platform)
            .Where(settings => settings.SelectMany(analysis => analysis.Rows).Where(row => row.Call is Call.Scall or Call.Fcall).All(row => row.Samples > 1 && row.Min == row.Max))
            .Select(settings => settings.Key)
            .ToList();
        if (exact.Count > 0)
            yield return new Finding(Severity.Info, string.Join(", ", exact), "all samples of scall, and all of fcall, are equal, as exact counts are");
    }
}
