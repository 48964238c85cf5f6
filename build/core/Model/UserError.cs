namespace SyscallBench.Model;

/// <summary>
/// A failure that the user can understand and mend: shown as its message alone, one line, without a stack trace. The message says
/// what went wrong, where, and what to run next.
/// </summary>
public class UserError(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Exit code of the whole program: 1, a task failed; 2, wrong usage.</summary>
    public virtual int ExitCode => 1;
}

/// <summary>A wrong argument, named before any work is done (exit code 2).</summary>
public sealed class UsageError(string message) : UserError(message)
{
    public override int ExitCode => 2;
}
