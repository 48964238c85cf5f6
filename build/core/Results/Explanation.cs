using System.Text.RegularExpressions;

namespace SyscallBench.Results;

/// <summary>What instructions of a system call are there for, in the order in which tables and figures show it.</summary>
public enum Category
{
    EntryAndExit,
    PageTables,
    SpeculationMitigations,
    Dispatch,
    StackRandomisation,
    ContextTrackingAndWorkFlags,
    DebugChecks,
    TheCallItself,
    Other,
}

public static class CategoryNames
{
    /// <summary>As people read it: <c>entry and exit</c>.</summary>
    public static string Name(this Category category) => Names.Name(category).Replace('-', ' ');
}

/// <summary>What <c>results/explain.json</c> holds: every instruction of one system call, for each platform.</summary>
public sealed record Explanation
{
    public const string CurrentSchema = "syscall-bench/explain/v1";

    public string Schema { get; init; } = CurrentSchema;

    public required IReadOnlyList<ExplainedPath> Paths { get; init; }

    public static Explanation Read(string path)
    {
        const string Remedy = "run --target=Explain to make one";
        var read = JsonFormat.Read<Explanation>(path, CurrentSchema, Remedy);
        return read.Paths.FirstOrDefault(each => !each.AddsUp) is { } wrong
            ? throw new UserError($"{path}: the path of {wrong.Platform} does not add up to its total of {wrong.Total}: {Remedy}")
            : read;
    }

    /// <summary>
    /// What lies beside a results file, <c>explain.json</c> or for a baseline <c>explain/NAME.json</c>, as far as it is about the very calls that the file has; and
    /// what is wrong with it.
    /// </summary>
    public static (Explanation? Explanation, IReadOnlyList<Finding> Faults) Beside(string resultsFile, ResultsDocument document)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(resultsFile))!;
        if (new[] { Path.Combine(folder, "explain", Path.GetFileName(resultsFile)), Path.Combine(folder, "explain.json") }.FirstOrDefault(File.Exists) is not { } file)
            return (null, []);
        try
        {
            var (explanation, faults) = Read(file).HeldAgainst(document);
            return (explanation.Paths.Count > 0 ? explanation : null, faults);
        }
        catch (UserError damaged)
        {
            return (null, [new Finding(Severity.Warning, Path.GetFileName(file), damaged.Message)]);
        }
    }

    public ExplainedPath? Find(string platform) => Paths.FirstOrDefault(path => path.Platform == platform);

    /// <summary>What tells a path from the others of its platform, the kernel and the CPU model as far as they vary; null where nothing does.</summary>
    public string? Which(ExplainedPath path)
    {
        var others = Paths.Where(other => other.Platform == path.Platform).ToList();
        string?[] parts = [others.Any(other => other.Kernel != path.Kernel) ? path.Kernel : null, others.Any(other => other.Cpu != path.Cpu) ? path.Cpu : null];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } which ? which : null;
    }

    /// <summary>The path that another explanation's can be held against: of the same kernel and CPU model, or the only one where both have one of the platform.</summary>
    public ExplainedPath? Counterpart(Explanation other, ExplainedPath path)
    {
        var own = Paths.Where(each => each.Platform == path.Platform).ToList();
        return own.FirstOrDefault(each => each.Kernel == path.Kernel && each.Cpu == path.Cpu) ?? (own.Count == 1 && other.Paths.Count(each => each.Platform == path.Platform) == 1 ? own[0] : null);
    }

    /// <summary>The paths of what a document measured, in the order of its rows, and what is wrong with those that do not add up to their rows.</summary>
    public (Explanation Explanation, IReadOnlyList<Finding> Faults) HeldAgainst(ResultsDocument document)
    {
        var pairs = document.Rows.SelectMany(row => Paths.Where(path => path.IsOf(document, row)).Take(1).Select(path => (Path: path, Fault: path.WhyNot(row)))).ToList();
        return (
            this with { Paths = [.. pairs.Where(pair => pair.Fault is null).Select(pair => pair.Path).Distinct()] },
            [.. pairs.Where(pair => pair.Fault is not null).Select(pair => new Finding(Severity.Warning, pair.Path.Platform, $"not explained: {pair.Fault}", "run --target=Explain"))]);
    }
}

public sealed record ExplainedPath
{
    public required string Platform { get; init; }

    /// <summary>The one of the same row in results.json; where that has none, a name made of what decides the path.</summary>
    public required string Setting { get; init; }

    /// <summary>Name of the kernel that was built for it; null for a platform that boots none of those.</summary>
    public string? Kernel { get; init; }

    public required string Cpu { get; init; }

    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    public required Call Call { get; init; }

    public required string Syscall { get; init; }

    /// <summary>Instructions, the program's SYSCALL included: the net count of the same row in results.json.</summary>
    public required int Total { get; init; }

    public required string Symbols { get; init; }

    /// <summary>In the order in which they are first reached; a function whose instructions serve two purposes has an entry for each.</summary>
    public required IReadOnlyList<ExplainedFunction> Functions { get; init; }

    public required IReadOnlyList<ExplainedStep> Steps { get; init; }

    internal bool AddsUp => Functions.Sum(function => function.Instructions) == Total && Steps.Count == Total;

    public IReadOnlyList<(Category Category, int Instructions)> ByCategory() =>
        [.. Functions.GroupBy(function => function.Category, (category, group) => (category, group.Sum(function => function.Instructions))).OrderBy(each => each.category)];

    public int CountOf(string function) => Functions.Where(each => each.Name == function).Sum(each => each.Instructions);

    /// <summary>Whether a row measured this call with the same images; under TCG on the same CPU model, too. Under KVM the path may differ in what this machine's CPU needs.</summary>
    public bool IsOf(ResultsDocument document, ResultRow row) =>
        row is { Call: Call.Scall, Status: RowStatus.Measured } && row.Platform == Platform && (row.Syscall ?? Syscall) == Syscall
        && document.SettingOf(row) is { Accelerator: { } accelerator } setting
        && (setting.Cpu == Cpu || accelerator != Accelerator.Tcg.Name())
        && Hashes.All(hash => setting.Hashes.GetValueOrDefault(hash.Key) == hash.Value);

    /// <summary>What is wrong with the path beside a row; null where it adds up, or the row has no count.</summary>
    public string? WhyNot(ResultRow row) => row is { Unit: Unit.Instructions, Net.Median: var net } ? WhyNot(net, "results.json") : null;

    /// <inheritdoc cref="WhyNot(ResultRow)"/>
    public string? WhyNot(double count, string source) => count == Total ? null : FormattableString.Invariant(
        $"the path has {Total} instructions, {Math.Abs(Total - count):0.###} {(Total > count ? "more" : "fewer")} than the {count:0.###} of {source}");
}

/// <param name="Name">The function's, or a label's inside it, as the kernel's sources have it.</param>
/// <param name="Instructions">Executed in it, without those of what it calls.</param>
public sealed record ExplainedFunction(string Name, int Instructions, Category Category);

/// <param name="Address">As linked, in hexadecimal.</param>
/// <param name="Text">As objdump writes it.</param>
/// <param name="Note">Why it costs far more than one ordinary instruction; null where it does not.</param>
public sealed record ExplainedStep(string Function, Category Category, string Address, string Text, string? Note);

/// <summary>What two paths have different, by function: <paramref name="A"/> and <paramref name="B"/> are platforms or files.</summary>
/// <param name="Functions">Those that differ, in the order of the paths; their deltas add up.</param>
public sealed partial record ExplanationDiff(string A, string B, int Delta, IReadOnlyList<FunctionDifference> Functions)
{
    public static ExplanationDiff Of(string nameA, ExplainedPath a, string nameB, ExplainedPath b)
    {
        var names = b.Steps.Concat(a.Steps).Select(step => step.Function).Distinct();
        return new ExplanationDiff(nameA, nameB, b.Total - a.Total, [.. names.Select(Compare).Where(each => each.Delta != 0 || each.OnlyInA.Count > 0)]);

        FunctionDifference Compare(string name)
        {
            var (first, second) = (TextsOf(a, name), TextsOf(b, name));
            return new FunctionDifference(name, first.Count, second.Count, Without(first, second), Without(second, first));
        }
    }

    /// <summary>The functions whose counts differ, as <c>its_return_thunk +4, entry_SYSCALL_64 +4</c>, the largest first.</summary>
    public string Counts => string.Join(", ", Functions
        .Where(function => function.Delta != 0)
        .OrderByDescending(function => Math.Abs(function.Delta))
        .Select(function => FormattableString.Invariant($"{function.Name} {function.Delta:+0;-0}")));

    /// <summary>Why counts have changed, by function: of the system calls that both sides have a path of.</summary>
    public static IEnumerable<Finding> Why(Comparison comparison, Explanation? before, Explanation? after) =>
        from row in comparison.Rows
        where row is { Call: Call.Scall, Unit: Unit.Instructions, Change: Change.Slower or Change.Faster }
        // Of several settings each has a path of its own.
        let b = row.Place is null ? after?.Find(row.Platform) : after?.Paths.FirstOrDefault(path => path.Platform == row.Platform && path.Setting == row.Setting)
        let diff = b is not null && before?.Counterpart(after!, b) is { } a ? Of("the baseline", a, "now", b) : null
        where diff is { Functions.Count: > 0 }
        select new Finding(Severity.Warning, row.Place is { } place ? $"{row.Platform} scall ({place})" : $"{row.Platform} scall", FormattableString.Invariant($"{diff.Delta:+0;-0} instructions per call: {diff.Counts}"));

    private static List<string> TextsOf(ExplainedPath path, string function) =>
        [.. path.Steps.Where(step => step.Function == function).Select(step => Offset().Replace(step.Text, ""))];

    // As often as it is there more often, in the order of the path.
    private static List<string> Without(List<string> texts, List<string> others)
    {
        var left = others.GroupBy(text => text, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return [.. texts.Where(text => (left[text] = left.GetValueOrDefault(text) - 1) < 0)];
    }

    // Two builds put the same jump at different distances.
    [GeneratedRegex(@"\+0x[0-9a-f]+")]
    private static partial Regex Offset();
}

/// <summary>A function that two paths go through differently.</summary>
public sealed record FunctionDifference(string Name, int InA, int InB, IReadOnlyList<string> OnlyInA, IReadOnlyList<string> OnlyInB)
{
    public int Delta => InB - InA;
}
