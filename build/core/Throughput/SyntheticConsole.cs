using System.Globalization;
using System.Text;
using SyscallBench.Protocol;

namespace SyscallBench.Throughput;

/// <summary>Console logs as a guest writes them (<c>bench-src/PROTOCOL.md</c>), as long as wanted. Deterministic: the same seed makes the same bytes.</summary>
/// <param name="seed">Of the noise in the rounds.</param>
public sealed class SyntheticConsole(int seed)
{
    private readonly Random _noise = new(seed);
    private readonly StringBuilder _record = new();
    private long _sequence;

    /// <summary>Writes one boot.</summary>
    /// <param name="stream">Where to; not closed.</param>
    /// <param name="rounds">How many rounds; the protocol allows 10,000.</param>
    public void Write(Stream stream, int rounds)
    {
        _sequence = 0;
        Record(stream, string.Create(CultureInfo.InvariantCulture, $"begin rounds={rounds} iters=1000 warmup=1 nr=500 expect=0xc0ffee"));
        Record(stream, "cpu vendor=GenuineIntel model=Synthetic family=6.94 stepping=3 hypervisor=");
        Record(stream, "clock khz=1000000 source=cpuid invariant=1 rdtscp=1");
        for (var round = 0; round < rounds; round++)
        {
            Record(stream, string.Create(
                CultureInfo.InvariantCulture,
                $"round n={round} tsc={20 + _noise.Next(4)} empty={3000 + _noise.Next(50)} scall={250_000 + _noise.Next(2000)} fcall={6000 + _noise.Next(100)} interrupted=0 switched=0 moved=0 stolen=0"));
        }

        Record(stream, string.Create(CultureInfo.InvariantCulture, $"end records={_sequence + 1} rounds={rounds} status=0"));
    }

    private void Record(Stream stream, string fields)
    {
        _record.Clear().Append(CultureInfo.InvariantCulture, $"@sb1 {_sequence++} {fields}");
        var framed = Encoding.ASCII.GetBytes(_record.ToString());
        stream.Write(framed);
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $" *{Crc32.Of(framed):x8}\r\n")));
    }
}
