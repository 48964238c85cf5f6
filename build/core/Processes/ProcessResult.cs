using System.Globalization;

namespace SyscallBench.Processes;

/// <summary>How a program ended.</summary>
public sealed record ProcessResult
{
    public required string Program { get; init; }

    /// <summary>The exit status; 128 plus the signal's number where a signal ended the program.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The deadline passed, and the tree was ended for it.</summary>
    public required bool TimedOut { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The last lines of standard output.</summary>
    public required IReadOnlyList<string> OutputTail { get; init; }

    /// <summary>The last lines of standard error.</summary>
    public required IReadOnlyList<string> ErrorTail { get; init; }

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
