using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>An explanation as text: <c>results/explain.txt</c>, and what the terminal shows.</summary>
public static class ExplanationText
{
    /// <summary>What has to be known wherever counts of instructions are shown.</summary>
    public const string Price = "Counts do not price instructions: those that are marked cost far more than one.";

    // For a reader who knows no kernel, in the order in which the sentence has them.
    private static readonly (Func<ExplainedFunction, bool> Is, string Does)[] _plain =
    [
        (function => function.Category == Category.EntryAndExit, "enter and leave the kernel"),
        (function => function.Name == "x64_sys_call", "search for the call's number"),
        (function => function.Name == "fpregs_assert_state_consistent", "check the floating-point state"),
        (function => function.Category == Category.TheCallItself, "are the call itself"),
    ];

    public static IEnumerable<string> Summary(Explanation explanation, ExplainedPath path)
    {
        yield return FormattableString.Invariant($"{Name(explanation, path)}: {path.Total} instructions per system call ({path.Setting}; names from {path.Symbols})");
        yield return $"  {"count",5} {"sum",5}  {"function",-34} category";
        var sum = 0;
        foreach (var function in path.Functions)
            yield return FormattableString.Invariant($"  {function.Instructions,5} {sum += function.Instructions,5}  {function.Name,-34} {function.Category.Name()}");
        yield return "  " + string.Join(", ", path.ByCategory().Select(each => FormattableString.Invariant($"{each.Category.Name()} {each.Instructions}")));
    }

    public static IEnumerable<string> Full(Explanation explanation) =>
    [
        .. explanation.Paths.SelectMany(path => Summary(explanation, path).Append("")),
        $"{Price} Here with #.",
        .. explanation.Paths.SelectMany(path => Instructions(path).Prepend($"{Name(explanation, path)}, every instruction").Prepend("")),
    ];

    private static IEnumerable<string> Instructions(ExplainedPath path)
    {
        var last = "";
        foreach (var (index, step) in path.Steps.Index())
        {
            if (step.Function != last)
                yield return $"{last = step.Function}:";
            yield return $"  {index + 1,5}  {step.Address,16}  {step.Text}{(step.Note is null ? "" : $"    # {step.Note}")}";
        }
    }

    /// <summary>One sentence about Linux, or else the longest path, for who reads nothing else; null where there is nothing to say.</summary>
    public static string? Sentence(Explanation explanation, ResultsDocument? document = null)
    {
        // Of the floor's few instructions there is nothing to tell apart.
        if ((explanation.Find(PlatformCatalog.Linux.Name) ?? explanation.Paths.Where(path => !PlatformLabel.Is(document, path.Platform, PlatformRole.Floor)).MaxBy(path => path.Total)) is not { } path)
            return null;
        var parts = _plain.Select(part => (Count: path.Functions.Where(part.Is).Sum(function => function.Instructions), part.Does)).Where(part => part.Count > 0)
            .Select(part => $"{part.Count} {part.Does}").ToList();
        var mitigations = path.Platform == PlatformCatalog.Linux.Name && explanation.Paths.FirstOrDefault(other => other.Platform == PlatformCatalog.LinuxWithoutMitigations.Name && (other.Kernel, other.Cpu) == (path.Kernel, path.Cpu)) is { } without
            ? FormattableString.Invariant($"; mitigations are {path.Total - without.Total}")
            : "";
        return parts.Count == 0 ? null : FormattableString.Invariant(
            $"Of the {path.Total} instructions on {PlatformLabel.InSentence(document, path.Platform)}{(explanation.Which(path) is { } which ? $" ({SafeText.Escape(which)})" : "")}, {string.Join(", ", parts)}{mitigations}.{OtherCpus(explanation, path)}");
    }

    // Because of what another CPU model costs something else.
    private static string OtherCpus(Explanation explanation, ExplainedPath path) => string.Concat(
        from other in explanation.Paths
        where (other.Platform, other.Kernel) == (path.Platform, path.Kernel) && other.Cpu != path.Cpu
        let diff = ExplanationDiff.Of(path.Cpu, path, other.Cpu, other)
        where diff.Counts.Length > 0
        select FormattableString.Invariant($" On {SafeText.Escape(other.Cpu)} {diff.Delta:+0;-0;0}: {diff.Counts}."));

    public static IEnumerable<string> Diff(ExplanationDiff diff) =>
    [
        FormattableString.Invariant($"{diff.B}: {diff.Delta:+0;-0;0} instructions per call, compared with {diff.A}"),
        .. diff.Functions.SelectMany(function => (string[])
        [
            FormattableString.Invariant($"  {function.Delta,4:+0;-0;0}  {function.Name} ({function.InA}, {function.InB})"),
            .. function.OnlyInA.Select(text => $"          - {text}"),
            .. function.OnlyInB.Select(text => $"          + {text}"),
        ]),
    ];

    /// <summary>What two saved explain.json have different, for each platform of both.</summary>
    /// <exception cref="UserError">A file is none, or they have no platform in common.</exception>
    public static IEnumerable<string> Diff(string fileA, string fileB)
    {
        var (a, b) = (Explanation.Read(fileA), Explanation.Read(fileB));
        var diffs = (from path in a.Paths
                     let other = b.Counterpart(a, path)
                     where other is not null
                     select ExplanationDiff.Of($"{Name(a, path)} of {fileA}", path, $"{Name(b, other)} of {fileB}", other)).ToList();
        return diffs.Count > 0 ? diffs.SelectMany(Diff) : throw new UserError($"{fileA} and {fileB} have no platform in common");
    }

    // As --platforms has it; with the kernel and the CPU model where there are several.
    private static string Name(Explanation explanation, ExplainedPath path) => explanation.Which(path) is { } which ? $"{path.Platform}, {which}" : path.Platform;
}
