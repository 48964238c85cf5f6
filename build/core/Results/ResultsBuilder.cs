using SyscallBench.Findings;
using SyscallBench.Platforms;

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
                Clocks = analyses.Where(analysis => analysis.Clock is not null).ToDictionary(analysis => analysis.Platform, analysis => analysis.Clock!),
                Guests = analyses.Where(analysis => analysis.Guest.Count > 0).ToDictionary(analysis => analysis.Platform, analysis => analysis.Guest),
            },
        };
    }

    private static IEnumerable<Finding> Findings(ResultsRequest request, IReadOnlyList<PlatformAnalysis> analyses)
    {
        if (request.Unit == Unit.Meaningless)
        {
            yield return new Finding(
                Severity.Error, request.Accelerator, "NOT A MEASUREMENT: TCG without instruction counting has no clock that says anything about a guest", "run with --accel=auto");
        }

        foreach (var finding in request.Findings.Concat(analyses.SelectMany(analysis => analysis.Findings)))
        {
            yield return finding;
        }
    }
}
