using System.Globalization;
using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Explain;

/// <summary>An explanation as text: <c>results/explain.txt</c>, and what the terminal shows.</summary>
public static class ExplanationText
{
    private const string Price = "Instructions marked # cost far more than one; a count of instructions does not price them.";

    // What a reader who knows no kernel understands; in the order in which the sentence has them.
    private static readonly (string Function, string Does)[] _plain =
    [
        ("x64_sys_call", "search for the call's number"),
        ("fpregs_assert_state_consistent", "check the FPU state"),
        ("ukplat_syscall_handler", "hand over the arguments"),
    ];

    /// <summary>The functions of a path with their counts, and what they are for.</summary>
    public static IEnumerable<string> Summary(ExplainedPath path)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{path.Platform}: {path.Total} instructions per system call ({path.Setting}; names from {path.Symbols})");
        yield return $"  {"count",5} {"sum",5}  {"function",-34} category";
        var sum = 0;
        foreach (var function in path.Functions)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {function.Instructions,5} {sum += function.Instructions,5}  {function.Name,-34} {function.Category}");
        yield return "  " + string.Join(", ", path.ByCategory(Categories.All).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Category} {each.Instructions}")));
    }

    /// <summary>Everything: each platform's functions, then every instruction.</summary>
    public static IEnumerable<string> Full(Explanation explanation)
    {
        foreach (var path in explanation.Paths)
        {
            foreach (var line in Summary(path))
                yield return line;
            yield return "";
        }

        yield return Price;
        foreach (var path in explanation.Paths)
        {
            yield return "";
            yield return $"{path.Platform}, every instruction";
            var last = "";
            for (var index = 0; index < path.Steps.Count; index++)
            {
                var step = path.Steps[index];
                if (step.Function != last)
                    yield return $"{last = step.Function}:";
                yield return string.Create(CultureInfo.InvariantCulture, $"  {index + 1,5}  {step.Address,16}  {step.Text}{(step.Note is null ? "" : $"    # {step.Note}")}");
            }
        }
    }

    /// <summary>One sentence about the longest path, for who reads nothing else; null where there is nothing to say.</summary>
    public static string? Sentence(Explanation explanation)
    {
        if (explanation.Paths.MaxBy(path => path.Total) is not { } path)
            return null;
        var parts = _plain.Select(each => (Count: path.CountOf(each.Function), each.Does)).Where(each => each.Count > 0)
            .Select((each, index) => string.Create(CultureInfo.InvariantCulture, $"{each.Count}{(index == 0 ? $" of {path.Platform}'s {path.Total} instructions" : "")} {each.Does}"))
            .ToList();
        if (path.Platform == PlatformCatalog.Linux.Name && explanation.Find(PlatformCatalog.LinuxWithoutMitigations.Name) is { } without && without.Total != path.Total)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"mitigations are {path.Total - without.Total}"));
        return parts.Count < 2 ? null : $"{string.Join("; ", parts)}.";
    }

    /// <summary>What two paths have different.</summary>
    public static IEnumerable<string> Diff(ExplanationDiff diff)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{diff.B} has {diff.Delta:+0;-0;0} instructions per call, compared with {diff.A}");
        foreach (var function in diff.Functions)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {function.Delta,4:+0;-0;0}  {function.Name} ({function.InA}, {function.InB})");
            foreach (var text in function.OnlyInA)
                yield return $"          - {text}";
            foreach (var text in function.OnlyInB)
                yield return $"          + {text}";
        }
    }
}
