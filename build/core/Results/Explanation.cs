using System.Text.RegularExpressions;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>What <c>results/explain.json</c> holds: every instruction of one system call, for each platform.</summary>
public sealed record Explanation
{
    public const string CurrentSchema = "syscall-bench/explain/v1";

    public string Schema { get; init; } = CurrentSchema;

    public required IReadOnlyList<ExplainedPath> Paths { get; init; }

    /// <exception cref="UserError">The file is missing, damaged or of another version.</exception>
    public static Explanation Read(string path)
    {
        const string Remedy = "run --target=Explain to make one";
        var read = JsonFormat.Read<Explanation>(path, CurrentSchema, Remedy);
        return read.Paths.FirstOrDefault(each => !each.AddsUp) is { } wrong
            ? throw new UserError($"{path}: the path of {wrong.Platform} does not add up to its total of {wrong.Total}: {Remedy}")
            : read;
    }

    /// <exception cref="UserError">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, JsonFormat.Serialize(this));

    public ExplainedPath? Find(string platform) => Paths.FirstOrDefault(path => path.Platform == platform);
}

/// <summary>The instructions of one call on one platform.</summary>
public sealed record ExplainedPath
{
    public required string Platform { get; init; }

    /// <summary>What has to be equal for two paths to be of one experiment.</summary>
    public required string Setting { get; init; }

    public required Call Call { get; init; }

    /// <summary>Instructions, the program's SYSCALL included: the net count of the same row in results.json.</summary>
    public required int Total { get; init; }

    /// <summary>Where the names come from.</summary>
    public required string Symbols { get; init; }

    /// <summary>In the order in which they are first reached; a function whose instructions serve two purposes has an entry for each.</summary>
    public required IReadOnlyList<ExplainedFunction> Functions { get; init; }

    /// <summary>Every instruction, in the order of execution.</summary>
    public required IReadOnlyList<ExplainedStep> Steps { get; init; }

    internal bool AddsUp => Functions.Sum(function => function.Instructions) == Total && Steps.Count == Total;

    /// <summary>Instructions of each category, in the order of <paramref name="categories"/>.</summary>
    public IEnumerable<(string Category, int Instructions)> ByCategory(IEnumerable<string> categories) => categories
        .Select(category => (category, Functions.Where(function => function.Category == category).Sum(function => function.Instructions)))
        .Where(each => each.Item2 > 0);

    /// <summary>Instructions of a function, whatever they serve.</summary>
    public int CountOf(string function) => Functions.Where(each => each.Name == function).Sum(each => each.Instructions);
}

/// <summary>A part of a path.</summary>
/// <param name="Name">The function's, or a label's inside it, as the kernel's sources have it.</param>
/// <param name="Instructions">Executed in it, without those of what it calls.</param>
/// <param name="Category">What they are there for.</param>
public sealed record ExplainedFunction(string Name, int Instructions, string Category);

/// <summary>One executed instruction.</summary>
/// <param name="Function">Where it stands.</param>
/// <param name="Category">What it is there for.</param>
/// <param name="Address">As linked, in hexadecimal.</param>
/// <param name="Text">As objdump writes it.</param>
/// <param name="Note">Why it costs far more than one ordinary instruction; null where it does not.</param>
public sealed record ExplainedStep(string Function, string Category, string Address, string Text, string? Note);

/// <summary>What two paths have different, by function: <paramref name="A"/> and <paramref name="B"/> are platforms or files.</summary>
/// <param name="A">The first.</param>
/// <param name="B">The second.</param>
/// <param name="Delta">Instructions that the second has more.</param>
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
/// <param name="Name">The function.</param>
/// <param name="InA">Instructions in the first.</param>
/// <param name="InB">Instructions in the second.</param>
/// <param name="OnlyInA">What the first executes and the second does not.</param>
/// <param name="OnlyInB">The other way round.</param>
public sealed record FunctionDifference(string Name, int InA, int InB, IReadOnlyList<string> OnlyInA, IReadOnlyList<string> OnlyInB)
{
    public int Delta => InB - InA;
}
