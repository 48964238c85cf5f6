using System.Text;
using System.Text.RegularExpressions;

namespace SyscallBench.Consoles;

/// <summary>Reads what a boot wrote on its console: the framed records of bench-src/PROTOCOL.md, or the artifact's own lines.</summary>
public static partial class ConsoleReader
{
    /// <summary>Bytes of a console. A boot of the paper's writes 20 KB.</summary>
    public const int LargestConsole = 64 * 1024 * 1024;

    /// <summary>Bytes of a line that are looked at. The longest record, a kernel command line with every byte escaped, stays well below.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Reads a console log. One that is too large, or no file, is a boot that does not count.</summary>
    /// <exception cref="UserError">The log is missing or may not be read.</exception>
    public static BootLog Read(string path, string source, int boot)
    {
        if (new FileInfo(path) is { Exists: true, Length: > LargestConsole })
            return ConsoleVerdict.WithFindings(new BootLog { Source = source, Boot = boot, Failure = $"the console is larger than {LargestConsole / 1024 / 1024} MB" });
        var console = BoundedFile.Require(path, LargestConsole, "run --target=Run to boot it");
        return Parse(console, source, boot) with { Hash = Sha256.Of(console) };
    }

    /// <inheritdoc cref="Read"/>
    public static BootLog Parse(ReadOnlySpan<byte> console, string source, int boot)
    {
        var parser = new LineParser(source, boot);
        for (var number = 1; !console.IsEmpty && !parser.IsFull; number++)
        {
            var feed = console.IndexOf((byte)'\n');
            var line = feed < 0 ? console : console[..feed];
            console = feed < 0 ? default : console[(feed + 1)..];

            // One byte, one character: what a guest writes need not be text in any encoding, and checksums are of bytes.
            parser.Read(number, Noise().Replace(Encoding.Latin1.GetString(line[..Math.Min(line.Length, LongestLine)]), ""));
        }

        return parser.Finish();
    }

    // What terminals are sent besides text: escape sequences (ECMA-48) and carriage returns. A sequence that never ends loses its first two bytes only: a record may follow.
    [GeneratedRegex(@"\e\[[ -?]*[@-~]|\e\][^\a\e]*\a|\e.?|\r", RegexOptions.Singleline)]
    private static partial Regex Noise();
}
