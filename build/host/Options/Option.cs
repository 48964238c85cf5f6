namespace SyscallBench.Build.Options;

/// <summary>One option, declared once: the parser, the listing, the usage check and the README's test all read this.</summary>
/// <param name="Name">Without the dashes, lower case.</param>
/// <param name="Form">What stands for the value, as the listing shows it: <c>N</c>, <c>auto|kvm|tcg</c>; null for a flag.</param>
/// <param name="Description">One line.</param>
public sealed record Option(string Name, string? Form, string Description)
{
    /// <summary>What holds when the option is not given, for people; null where there is nothing to say.</summary>
    public string? Default { get; init; }

    /// <summary>Other spellings, with their dashes: <c>-t</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Targets that look at it; empty for those that all targets share.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Puts a value where it belongs, or throws a <see cref="UsageError"/> that names it.</summary>
    public required Func<CommandLine, OptionValue, CommandLine> Apply { get; init; }

    public bool IsFlag => Form is null;

    /// <summary>As typed: <c>--runs=N</c>.</summary>
    public string Usage => IsFlag ? $"--{Name}" : $"--{Name}={Form}";

    public bool Answers(string spelling) =>
        string.Equals(spelling, "--" + Name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(spelling, StringComparer.Ordinal);
}
