using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Statistics;

namespace SyscallBench.Results;

/// <summary>Everything that a results document is made from.</summary>
public sealed record ResultsRequest
{
    /// <summary><c>kvm</c> or <c>tcg</c>.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Unit of the guests.</summary>
    public required Unit Unit { get; init; }

    /// <summary>Every platform asked for, measured or not, in the order of the table.</summary>
    public required IReadOnlyList<PlatformInput> Platforms { get; init; }

    /// <summary>Clocks and guests are filled in from the platforms.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What was noticed before: by Run, by the examination of the machine.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>Makes the results document from samples. The same samples, seed and metadata make the same document, byte for byte.</summary>
public static class ResultsBuilder
{
    /// <exception cref="UserError">A file of samples is missing or damaged.</exception>
    public static ResultsDocument Build(ResultsRequest request, CancellationToken cancellation = default)
    {
        var analyses = request.Platforms.Select(platform => PlatformAnalysis.Of(platform, request.Provenance.Seed, cancellation)).ToList();
        var several = analyses.Where(each => each.Setting is not null).GroupBy(each => each.Platform).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        var document = new ResultsDocument
        {
            Accelerator = request.Accelerator,
            Unit = request.Unit,
            Settings = [.. request.Platforms.Select(platform => platform.Setting).OfType<ResultSetting>().DistinctBy(setting => setting.Name)],
            Rows = [.. analyses.SelectMany(analysis => analysis.Rows)],
            Ratios = Ratios(analyses),
            Provenance = request.Provenance with
            {
                Clocks = analyses.Where(each => each.Clock is not null).ToDictionary(KeyOf, each => each.Clock!),
                Guests = analyses.Where(each => each.Guest.Count > 0).ToDictionary(KeyOf, each => each.Guest),
            },
        };
        var dimensions = Dimensions.Varying(document);
        return document with { Findings = [.. Findings(request, analyses, Subject).Distinct().OrderByDescending(finding => finding.Severity)] };

        string KeyOf(PlatformAnalysis each) => several.Contains(each.Platform) ? $"{each.Platform}/{each.Setting?.Name}" : each.Platform;

        string Subject(PlatformAnalysis each, string subject) =>
            several.Contains(each.Platform) && Dimensions.Label(document, each.Rows[0], dimensions) is { Length: > 0 } label ? $"{subject} ({label})" : subject;
    }

    // Between rows of the same unit and place, the first base's first.
    private static IReadOnlyList<PlatformRatio> Ratios(IReadOnlyList<PlatformAnalysis> analyses) =>
    [
        .. from platform in new PlatformCatalog().Bases
           from denominator in analyses
           where denominator.Platform == platform.Name
           from numerator in analyses
           where numerator.Platform != platform.Name && numerator.Unit == denominator.Unit
           where Dimensions.AreAlike(numerator.Setting, numerator.Rows[0], denominator.Setting, denominator.Rows[0])
           from call in (Call[])[Call.Fcall, Call.Scall]
           where numerator.Estimates.ContainsKey(call) && denominator.Estimates.ContainsKey(call)
           let ratio = Ratio.Of(numerator.Estimates[call], denominator.Estimates[call])
           where ratio is not null
           select new PlatformRatio(numerator.Platform, denominator.Platform, call, ratio.Value, ratio.Ci95, ratio.IsDifferent)
           {
               Setting = numerator.Setting?.Name,
               BaseSetting = denominator.Setting?.Name,
           },
    ];

    private static IEnumerable<Finding> Findings(ResultsRequest request, IReadOnlyList<PlatformAnalysis> analyses, Func<PlatformAnalysis, string, string> subject)
    {
        if (ExactCounts(analyses) is { Count: > 0 } exact)
        {
            const string Seen = "all samples of scall, and all of fcall, are equal, as exact counts are";
            yield return new Finding(Severity.Info, string.Join(", ", exact), Seen);
        }

        var own = analyses.SelectMany(analysis => analysis.Findings.Select(finding => finding with { Subject = subject(analysis, finding.Subject) }));
        foreach (var finding in request.Findings.Concat(own))
        {
            yield return finding;
        }
    }

    private static List<string> ExactCounts(IReadOnlyList<PlatformAnalysis> analyses) =>
    [
        .. analyses
            .Where(analysis => analysis.Unit == Unit.Instructions)
            .GroupBy(analysis => analysis.Platform)
            .Where(settings => settings.SelectMany(analysis => analysis.Rows).Where(row => row.Call is Call.Scall or Call.Fcall).All(row => row.Samples > 1 && row.Min == row.Max))
            .Select(settings => settings.Key),
    ];
}
