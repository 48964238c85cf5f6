namespace SyscallBench.Model;

public static class Signals
{
    private static readonly string[] _names =
    [
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2",
        "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU",
        "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    /// <summary>The signal that ended a program, by what a shell makes of it, 128 plus its number; null where the exit code is the program's own.</summary>
    public static string? OfExitCode(int exitCode) => exitCode is > 128 and < 160 ? Name(exitCode - 128) : null;

    public static string Name(int number) => number > 0 && number < _names.Length ? _names[number] : $"signal {number}";
}
