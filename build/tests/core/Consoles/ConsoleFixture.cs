using System.IO.Hashing;
using System.Text;
using SyscallBench.Consoles;

namespace SyscallBench.Tests.Consoles;

/// <summary>Writes a console as a guest would, and parses it.</summary>
internal sealed class ConsoleFixture
{
    private readonly MemoryStream _console = new();
    private int _sequence;

    public IReadOnlyList<Sample> Samples { get; private set; } = [];

    public static string Frame(string text) => $"{text} *{Crc32.HashToUInt32(Encoding.ASCII.GetBytes(text)):x8}";

    public ConsoleFixture Raw(string text)
    {
        _console.Write(Encoding.Latin1.GetBytes(text));
        return this;
    }

    public ConsoleFixture Line(string text) => Raw(text + "\n");

    public ConsoleFixture Record(string body) => Line(Next(body));

    /// <summary>The next record as text, so that a test can damage it.</summary>
    public string Next(string body) => Frame($"@sb1 {_sequence++} {body}");

    public ConsoleFixture Begin(int rounds = 2, long iterations = 1000)
        => Record($"begin rounds={rounds} iters={iterations} warmup=1 nr=500 expect=0xc0ffee");

    public ConsoleFixture Round(int number, string interrupted = "0") => Record(RoundBody(number, interrupted));

    public static string RoundBody(int number, string interrupted = "0")
        => $"round n={number} tsc=5 empty=3005 scall=8{number:000}5 fcall=6005 interrupted={interrupted}";

    public ConsoleFixture End(int rounds, int status = 0) => Record($"end records={_sequence + 1} rounds={rounds} status={status}");

    public BootLog Parse() => Parse(_console.ToArray());

    public BootLog Parse(byte[] console)
    {
        var log = ConsoleReader.Parse(console, "boot-000.log", 0);
        Samples = log.Samples;
        return log;
    }
}
