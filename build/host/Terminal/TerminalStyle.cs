using System.Text.RegularExpressions;

namespace SyscallBench.Build.Terminal;

/// <summary>How this process's output is shown: colours for each stream, and whether a line may be written over.</summary>
/// <remarks>
/// Not Spectre.Console: its detection knows CI by itself and overrules <c>--color</c>, its markup would have to be threaded through every line, and its live display redraws by a
/// timer, also while a guest is measured.
/// </remarks>
/// <param name="Animate">A status line may be written over.</param>
public sealed partial record TerminalStyle(bool ColourOutput, bool ColourErrors, bool Animate)
{
    // terminfo's rmkx: .NET switches keypad and cursor keys to application mode on its first write, and leaves them there.
    private const string OrdinaryKeys = "\u001b[?1l\u001b>";

    // The terminal's own eight colours, which its owner chose to be readable.
    private const string Heading = "1", Good = "32", Caution = "1;33", Bad = "1;31";

    /// <param name="color"><c>auto</c>, <c>always</c> or <c>never</c>.</param>
    /// <param name="verbosity"><c>quiet</c> and <c>minimal</c> want no progress.</param>
    public static TerminalStyle For(string color, string verbosity, bool outputIsTerminal, bool errorsAreTerminal, Func<string, string?> variable)
    {
        // Continuous integration often gives a pseudo-terminal, and keeps every byte that is written to it.
        var escapes = variable("TERM") is not (null or "" or "dumb") && variable("CI") is null or "" or "false";
        // An empty NO_COLOR is none (no-color.org).
        var colours = color == "always" || (color == "auto" && escapes && string.IsNullOrEmpty(variable("NO_COLOR")));
        return new(
            colours && (color == "always" || outputIsTerminal),
            colours && (color == "always" || errorsAreTerminal),
            escapes && outputIsTerminal && errorsAreTerminal && verbosity is not ("quiet" or "minimal"));
    }

    public static TerminalStyle OfProcess(string color, string verbosity = "normal") =>
        For(color, verbosity, !Console.IsOutputRedirected, !Console.IsErrorRedirected, Environment.GetEnvironmentVariable);

    /// <summary>Tells Cake's table (<c>--description</c>), the runtime and every program that is started, in the way each of them listens to.</summary>
    public void Announce()
    {
        if (!ColourOutput)
            Environment.SetEnvironmentVariable("NO_COLOR", "1");
        else if (Console.IsOutputRedirected)
            Environment.SetEnvironmentVariable("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "1");
        if (!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"))
            AppDomain.CurrentDomain.ProcessExit += (_, _) => RestoreKeys();
    }

    public string Output(string line) => ColourOutput ? Paint(line) : line;

    public string Errors(string line) => ColourErrors ? Paint(line) : line;

    private static string Paint(string line) => line.StartsWith("== ", StringComparison.Ordinal)
        ? Escape(Heading, line)
        : Verdict().Replace(line, match => Escape(match.Groups["good"].Success ? Good : match.Groups["caution"].Success ? Caution : Bad, match.Value));

    private static string Escape(string colour, string text) => $"\u001b[{colour}m{text}\u001b[0m";

    private static void RestoreKeys()
    {
        try
        {
            Console.Out.Write(OrdinaryKeys);
        }
        catch (IOException)
        {
            // The terminal was closed, and this process ends because of it.
        }
    }

    // Severities and verdicts where they stand by themselves: at a line's begin, or as a cell of a table.
    [GeneratedRegex(@"(?<=^|  |^.{11} )((?<good>ok|fit|same|faster)|(?<caution>warning|fit with care|slower, within the threshold|not comparable)|error|failed|not fit|differs|slower: regression)(?=$|  | \(|:)|^regression(?= beyond)")]
    private static partial Regex Verdict();
}
