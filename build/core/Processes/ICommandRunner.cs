using SyscallBench.Model;

namespace SyscallBench.Processes;

/// <summary>Runs one external program to its end.</summary>
public interface ICommandRunner
{
    /// <exception cref="UserError">The program is not there, or it was still running at its deadline.</exception>
    Task<int> RunAsync(Command command, CancellationToken cancellation);
}

/// <summary>One external program's run.</summary>
/// <param name="Program">Name on the PATH, or a path.</param>
/// <param name="Arguments">One by one; no shell sees them.</param>
public sealed record Command(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables the program sees beside PATH; null for the caller's own environment.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>When it is killed, with everything it started.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Called with each line of standard output and standard error, one at a time.</summary>
    public Action<string>? OnLine { get; init; }
}
