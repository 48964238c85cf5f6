namespace SyscallBench.Build.Terminal;

/// <summary>
/// .NET switches a terminal's cursor keys and keypad to application mode (terminfo's <c>smkx</c>) when it first writes to it, and leaves it there; a program that
/// wants ordinary keys then gets escapes it does not know.
/// </summary>
public static class KeypadMode
{
    // terminfo's rmkx of every terminal that has a smkx and is still in use.
    private const string Ordinary = "\u001b[?1l\u001b>";

    /// <summary>Puts ordinary keys back when the process ends, on whichever way.</summary>
    public static void RestoreAtExit()
    {
        if (!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"))
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Restore();
    }

    private static void Restore()
    {
        try
        {
            Console.Out.Write(Ordinary);
        }
        catch (IOException)
        {
            // The terminal was closed, and this process ends because of it.
        }
    }
}
