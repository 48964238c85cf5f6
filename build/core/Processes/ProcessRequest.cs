using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Processes;

/// <summary>An external program to start: what to run, where its output goes, and how long it may take.</summary>
public sealed record ProcessRequest
{
    public ProcessRequest()
    {
    }

    [SetsRequiredMembers]
    public ProcessRequest(string program, params IReadOnlyList<string> arguments)
    {
        Program = program;
        Arguments = arguments;
    }

    /// <summary>A path, or a name that is looked up on <c>PATH</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Handed over one by one; no shell ever sees them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Null for the current directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the environment; null as a value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>File that receives standard output byte for byte; replaced where it exists.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Called for each line of either stream, one at a time.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>After this the whole process tree is ended; null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How long the tree may take to end by itself (SIGTERM) before it is killed, on deadline and cancellation.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>CPUs that the program may run on, from its first instruction; empty for the ones this process has.</summary>
    public IReadOnlyList<int> Cpus { get; init; } = [];

    /// <summary>What to do when the program is not there, for example a command that installs it.</summary>
    public string? Remedy { get; init; }
}

/// <summary>How a program ended.</summary>
public sealed record ProcessResult
{
    public required string Program { get; init; }

    /// <summary>The exit status; 128 plus the signal's number where a signal ended the program.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The deadline passed, and the tree was ended for it.</summary>
    public bool TimedOut { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The first and the last lines of standard output.</summary>
    public IReadOnlyList<string> OutputTail { get; init; } = [];

    /// <summary>The first and the last lines of standard error.</summary>
    public IReadOnlyList<string> ErrorTail { get; init; } = [];

    /// <summary>It ended by itself, and said that all is well.</summary>
    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>One sentence on how the program ended, with the last line it wrote on standard error.</summary>
    public string Describe()
    {
        var how = TimedOut
            ? string.Create(CultureInfo.InvariantCulture, $"{Program} was ended after its deadline, {Duration.TotalSeconds:0.#} s")
            : string.Create(CultureInfo.InvariantCulture, $"{Program} exited with {ExitCode}{Signal()}");
        var last = ErrorTail.LastOrDefault(line => !string.IsNullOrWhiteSpace(line));
        return last is null ? how : $"{how}: {last.Trim()}";
    }

    /// <summary>Itself, where the program ended before its deadline, with whatever exit code.</summary>
    /// <exception cref="UserError">It did not.</exception>
    public ProcessResult InTime() => TimedOut ? throw new UserError(Describe()) : this;

    private string Signal() => (ExitCode - 128) switch
    {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
