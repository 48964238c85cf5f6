using SyscallBench.Model;

namespace SyscallBench.Build.Terminal;

/// <summary>Which of the two streams is coloured, and how.</summary>
/// <param name="OfOutput">Standard output is.</param>
/// <param name="OfErrors">Standard error is.</param>
public sealed record Colours(bool OfOutput, bool OfErrors)
{
    /// <summary>Neither.</summary>
    public static Colours None { get; } = new(false, false);

    /// <summary>Paints what goes to standard output.</summary>
    public Paint Output => OfOutput ? Ansi : NoPaint.Of;

    /// <summary>Paints what goes to standard error.</summary>
    public Paint Errors => OfErrors ? Ansi : NoPaint.Of;

    /// <param name="wish"><c>auto</c>, <c>always</c> or <c>never</c>.</param>
    /// <param name="outputIsTerminal">Standard output goes to no file and no pipe.</param>
    /// <param name="errorsAreTerminal">Standard error goes to no file and no pipe.</param>
    /// <param name="surroundings">Decide what <c>auto</c> means, together with the terminals.</param>
    public static Colours For(string wish, bool outputIsTerminal, bool errorsAreTerminal, Surroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        var suits = surroundings is { SuitEscapes: true, RefuseColours: false };
        return wish switch
        {
            "always" => new(true, true),
            "never" => None,
            _ => new(outputIsTerminal && suits, errorsAreTerminal && suits),
        };
    }

    /// <summary>For this process.</summary>
    /// <param name="wish"><c>auto</c>, <c>always</c> or <c>never</c>.</param>
    public static Colours OfConsole(string wish) => For(wish, !Console.IsOutputRedirected, !Console.IsErrorRedirected, Surroundings.OfProcess());

    /// <summary>Tells Cake's table (<c>--description</c>), the runtime and every program that is started, in the way each of them listens to.</summary>
    public void Announce()
    {
        if (!OfOutput)
            Environment.SetEnvironmentVariable("NO_COLOR", "1");
        else if (Console.IsOutputRedirected)
            Environment.SetEnvironmentVariable("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "1");
    }

    // The terminal's own eight colours, which its owner chose to be readable; bold, so that they are on a white ground too.
    private static string Ansi(Tone tone, string text) => tone switch
    {
        Tone.Heading => $"\u001b[1m{text}\u001b[0m",
        Tone.Good => $"\u001b[32m{text}\u001b[0m",
        Tone.Caution => $"\u001b[1;33m{text}\u001b[0m",
        Tone.Bad => $"\u001b[1;31m{text}\u001b[0m",
        _ => text,
    };
}
