using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Hosting;

/// <summary>How a run ended. The engine wraps and prints what tasks throw; this keeps it, so that it is shown once, and as what it is.</summary>
public sealed class RunOutcome
{
    public Exception? Failure { get; set; }

    /// <summary>The engine's own words for what went wrong, held back because ours follow.</summary>
    public string? EngineMessage { get; set; }

    public string? FailedTask { get; set; }

    /// <summary>Prints at most one error line and says what the process ends with.</summary>
    /// <param name="status">What the engine returned; anything but 0 is a failure (it knows only 0 and 255).</param>
    /// <param name="interrupted">The user stopped it, and was told so.</param>
    public int Conclude(int status, bool interrupted, bool diagnostic, TextWriter errors, TerminalStyle style)
    {
        if (interrupted)
            return Interruption.ExitCode;
        if (status == 0)
            return 0;

        var failure = Innermost(Failure);
        errors.WriteLine(style.Errors($"error: {OneLine(Describe(failure))}"));
        if (diagnostic)
            errors.WriteLine(failure?.ToString() ?? EngineMessage);
        return (failure as UserError)?.ExitCode ?? 1;
    }

    private string Describe(Exception? failure) => failure switch
    {
        null => EngineMessage ?? "the build engine failed without saying why; run it again with --verbosity=diagnostic",
        UserError => failure.Message,
        IOException or UnauthorizedAccessException => $"{Subject}{failure.Message}",
        _ => $"{Subject}{failure.GetType().Name}: {failure.Message} (a bug; --verbosity=diagnostic shows where)",
    };

    private string Subject => FailedTask is null ? string.Empty : $"{FailedTask}: ";

    private static Exception? Innermost(Exception? exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only, ..] } => Innermost(only),
        Cake.Core.CakeReportException { InnerException: { } inner } => Innermost(inner),
        _ => exception,
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
