using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>Makes the results document from samples. The same samples, seed and metadata make the same document, byte for byte.</summary>
public static class ResultsBuilder
{
    /// <exception cref="UserError">A file of samples is missing or damaged.</exception>
    public static ResultsDocument Build(ResultsRequest request, CancellationToken cancellation = default)
    {
        var analyses = request.Platforms.Select(platform => PlatformAnalysis.Of(platform, request.Provenance.Seed, cancellation)).ToList();
        return new ResultsDocument
        {
            Accelerator = request.Accelerator,
            Unit = request.Unit,
            Rows = [.. analyses.SelectMany(analysis => analysis.Rows)],
            Ratios = PlatformRatios.Of(analyses),
            Findings = [.. Findings(request, analyses).Distinct().OrderByDescending(finding => finding.Severity)],
            Provenance = request.Provenance with
            {
                Clocks = analyses.Where(each => each.Clock is not null).ToDictionary(each => each.Platform, each => each.Clock!),
                Guests = analyses.Where(each => each.Guest.Count > 0).ToDictionary(each => each.Platform, each => each.Guest),
            },
        };
    }

    private static IEnumerable<Finding> Findings(ResultsRequest request, IReadOnlyList<PlatformAnalysis> analyses)
    {
        if (request.Unit == Unit.Meaningless)
        {
            yield return new Finding(
                Severity.Error,
                request.Accelerator,
                "NOT A MEASUREMENT: TCG without instruction counting has no clock that says anything about a guest",
                "run with --accel=auto");
        }

        if (ExactCounts(analyses) is { Count: > 0 } exact)
        {
            const string Seen = "all samples of scall, and all of fcall, are equal, as exact counts are";
            yield return new Finding(Severity.Info, string.Join(", ", exact), Seen);
        }

        foreach (var finding in request.Findings.Concat(analyses.SelectMany(analysis => analysis.Findings)))
        {
            yield return finding;
        }
    }

    private static List<string> ExactCounts(IReadOnlyList<PlatformAnalysis> analyses) =>
    [
        .. analyses
            .Where(analysis => analysis.Unit == Unit.Instructions)
            .Where(analysis => analysis.Rows.Where(row => row.Call is Call.Scall or Call.Fcall).All(row => row.Samples > 1 && row.Min == row.Max))
            .Select(analysis => analysis.Platform),
    ];
}
