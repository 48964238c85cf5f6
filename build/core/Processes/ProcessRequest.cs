namespace SyscallBench.Processes;

/// <summary>An external program to start: what to run, where its output goes, and how long it may take.</summary>
/// <param name="Program">A path, or a name that is looked up on <c>PATH</c>.</param>
/// <param name="Arguments">Handed over one by one; no shell ever sees them.</param>
public sealed record ProcessRequest(string Program, params IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the environment; null as a value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>File that receives standard output byte for byte; replaced where it exists.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Called for each line of either stream, one at a time.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>After this the whole process tree is ended; null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The one CPU that the program may run on; null for those of this process.</summary>
    public int? Cpu { get; init; }

    /// <summary>What to do when the program is not there, for example a command that installs it.</summary>
    public string? Remedy { get; init; }
}

public sealed record ProcessResult
{
    public required string Program { get; init; }

    /// <summary>The exit status; 128 plus the signal's number where a signal ended the program.</summary>
    public required int ExitCode { get; init; }

    public bool TimedOut { get; init; }

    public TimeSpan Duration { get; init; }

    public IReadOnlyList<string> OutputTail { get; init; } = [];

    public IReadOnlyList<string> ErrorTail { get; init; } = [];

    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>The line that says why it failed: the last error, else the last line.</summary>
    public string Cause => CauseIn([.. OutputTail, .. ErrorTail]);

    /// <inheritdoc cref="Cause"/>
    public static string CauseIn(IReadOnlyCollection<string> lines) =>
        (lines.LastOrDefault(line => line.Contains("rror", StringComparison.Ordinal) || line.StartsWith("E:", StringComparison.Ordinal))
            ?? lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "it said nothing").Trim();

    /// <summary>One sentence on how the program ended, with the last line it wrote on standard error.</summary>
    public string Describe()
    {
        var how = TimedOut
            ? FormattableString.Invariant($"{Program} was ended after its deadline, {Duration.TotalSeconds:0.#} s")
            : FormattableString.Invariant($"{Program} exited with {ExitCode}{(Signals.OfExitCode(ExitCode) is { } signal ? $" ({signal})" : "")}");
        var last = ErrorTail.LastOrDefault(line => !string.IsNullOrWhiteSpace(line));
        return last is null ? how : $"{how}: {last.Trim()}";
    }

    /// <summary>Itself, where the program ended before its deadline, with whatever exit code.</summary>
    /// <exception cref="UserError">It did not.</exception>
    public ProcessResult InTime() => TimedOut ? throw new UserError(Describe()) : this;
}
