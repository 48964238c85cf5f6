using SyscallBench.Build.Terminal;
using SyscallBench.Model;

namespace SyscallBench.Build.Hosting;

/// <summary>What tasks noticed, from any thread; printed together at the end.</summary>
public sealed class FindingList(Colours colours)
{
    private readonly List<Finding> _findings = [];
    private readonly Lock _lock = new();

    public void Add(Finding finding)
    {
        lock (_lock)
            _findings.Add(finding);
    }

    public void AddRange(IEnumerable<Finding> findings)
    {
        lock (_lock)
            _findings.AddRange(findings);
    }

    /// <summary>Most severe first, otherwise in the order they came.</summary>
    public IReadOnlyList<Finding> All()
    {
        lock (_lock)
            return [.. _findings.OrderByDescending(finding => finding.Severity)];
    }

    /// <summary>What may change a conclusion, for a person: one line each, and the remedy below it.</summary>
    public IEnumerable<string> Lines() => All().Where(finding => finding.Severity > Severity.Info).SelectMany(Lines);

    /// <summary>What is worth knowing and changes no conclusion.</summary>
    public IReadOnlyList<string> Notes() => [.. All().Where(finding => finding.Severity == Severity.Info).SelectMany(Lines)];

    private IEnumerable<string> Lines(Finding finding)
    {
        yield return $"{colours.Output(finding.Severity.Tone(), finding.Severity.ToString().ToLowerInvariant() + ":")} {finding.Subject}: {finding.Seen}";
        if (finding.Remedy is { } remedy)
            yield return $"    {remedy}";
    }
}
