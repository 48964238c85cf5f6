using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>The section of the page that opens from a platform's bar to its functions, and from a function to its instructions.</summary>
internal static class HtmlExplanation
{
    /// <summary>Stands at what costs far more than one.</summary>
    private const string Mark = "▲";

    // For a reader who knows no kernel; in the order of the categories.
    private static readonly string[] _meanings =
    [
        "SYSCALL and SYSRET, and what has to be done around them: save and restore the program's registers, change to the kernel's stack and back.",
        "The kernel's memory is hidden from programs while they run (KPTI, against Meltdown): it is mapped on entry and unmapped on exit.",
        "Other defences against attacks on the CPU's speculation: returns through thunks, buffers that are cleared.",
        "The call's number is checked and the code for it found.",
        "The kernel's stack starts at another place in each call, so that an attacker cannot know it.",
        "Does anything wait to be done before the program goes on: a signal, a debugger, another program whose turn it is?",
        "The kernel checks itself, here that the state of the floating-point unit is what it should be.",
        "What the program wanted. The benchmark's call does nothing and returns a constant.",
        "Nothing that the rules know.",
    ];

    public static Html? Section(Report report) => report.Explanation is not { } explanation ? null : Html.Join(
    [
        Html.Of($"<p>{ExplanationText.Sentence(explanation, report.Document)}</p>"),
        Html.Of($"<p>Each bar is one call, from the program's SYSCALL until it is back. Every instruction was executed one by one and named; together they are the net count in the tables. {ExplanationText.Price} The mark is {Mark}.</p>"),
        HtmlPage.Figure(new PathPlot(), report),
        .. explanation.Paths.Select(path => Path(report, path)),
        Html.Of($"<details><summary>What these purposes are</summary>{Html.Facts(Enum.GetValues<Category>().Select(category => (category.Name(), _meanings[(int)category])))}</details>"),
    ]);

    private static Html Path(Report report, ExplainedPath path) => Html.Of(
        $"""
        <details class="path"><summary>{PlatformLabel.Of(report, path)}: {path.Total} instructions in {path.Functions.Select(function => function.Name).Distinct().Count()} functions</summary>
        <p>{string.Join(", ", path.ByCategory().Select(part => $"{part.Category.Name()} {part.Instructions}"))}. Emulated CPU: {path.Cpu}. Names from {path.Symbols}.</p>
        {path.Functions.Select(function => Function(function, [.. path.Steps.Select((step, index) => (index + 1, step)).Where(each => each.step.Function == function.Name && each.step.Category == function.Category)]))}
        </details>
        """);

    private static Html Function(ExplainedFunction function, IReadOnlyList<(int Number, ExplainedStep Step)> steps) => Html.Of(
        $"""
        <details><summary><b>{function.Instructions}</b> <code>{function.Name}</code> <span>{function.Category.Name()}{(steps.Any(each => each.Step.Note is not null) ? $" {Mark}" : "")}</span></summary>
        <ol>{steps.Select(each => Html.Of($"<li value=\"{each.Number}\"><code>{each.Step.Text}</code>{(each.Step.Note is { } note ? Html.Of($" <span>{Mark} {note}</span>") : Html.Of($""))}</li>"))}</ol></details>
        """);
}
