namespace SyscallBench.Build.Options;

/// <summary>What a start of the program is for.</summary>
public enum Mode
{
    Run,
    DryRun,
    Tree,
    Description,
    Help,
    Version,
}

/// <summary>Checked and typed: nothing after this asks what was typed.</summary>
public sealed record CommandLine
{
    public Mode Mode { get; init; }

    /// <summary>Names as the tasks declare them, in the order asked for.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The targets alone, without what they need.</summary>
    public bool Exclusive
    {
        get => field || ComparesFiles;
        init;
    }

    /// <summary>Two files are compared, and nothing else.</summary>
    public bool ComparesFiles => Targets is ["Explain"] && Options.ComparesFiles;

    /// <summary><c>quiet</c>, <c>minimal</c>, <c>normal</c>, <c>verbose</c> or <c>diagnostic</c>.</summary>
    public string Verbosity { get; init; } = "normal";

    public BenchOptions Options { get; init; } = new();

    /// <summary>The options given, by name, with their text.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>As typed, for the provenance.</summary>
    public IReadOnlyList<string> Typed { get; init; } = [];

    public bool IsDiagnostic => Verbosity == "diagnostic";

    /// <summary>The part that Cake is to act upon, in the one spelling that every version of it understands.</summary>
    /// <param name="target">The one task to run, with what it needs.</param>
    public IReadOnlyList<string> CakeArguments(string target) =>
    [
        $"--target={target}",
        $"--verbosity={Verbosity}",
        .. Exclusive ? ["--exclusive"] : Array.Empty<string>(),
        .. Mode is Mode.DryRun or Mode.Tree or Mode.Description ? [$"--{Mode.ToString().ToLowerInvariant()}"] : Array.Empty<string>(),
    ];
}
