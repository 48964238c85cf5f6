using System.Text;

namespace SyscallBench.Tests.Consoles;

/// <summary>Whatever happens to a console on its way, no value comes out of it that the guest did not write.</summary>
public sealed class DamagedConsoleTests
{
    private const int Seed = 20210426;
    private const long MostMemory = 100_000_000;

    private readonly ConsoleFixture _console = new();
    private readonly HashSet<Sample> _written;
    private readonly byte[] _whole = UpToThePanic(Captured.Bytes("linux.log"));

    public DamagedConsoleTests()
    {
        _console.Parse(_whole);
        _written = [.. _console.Samples];
    }

    [Fact]
    public void Should_Take_Only_Whole_Rounds_When_Cut_At_Any_Byte()
    {
        for (var length = 0; length < _whole.Length; length++)
        {
            _console.Parse(_whole[..length]);

            Assert.All(_console.Samples, sample => Assert.Contains(sample, _written));
        }
    }

    [Fact]
    public void Should_Take_No_Wrong_Value_When_Any_Bit_Flips()
    {
        for (var at = 0; at < _whole.Length; at++)
        {
            var damaged = (byte[])_whole.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));

            _console.Parse(damaged);

            Assert.All(_console.Samples, sample => Assert.Contains(sample, _written));
        }
    }

    [Fact]
    public void Should_Take_No_Wrong_Value_When_Bytes_Are_Lost_Doubled_Or_Replaced()
    {
        var random = new Random(Seed);
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var damaged = _whole.ToList();
            for (var wound = random.Next(1, 20); wound > 0; wound--)
            {
                Damage(damaged, random);
            }

            _console.Parse([.. damaged]);

            Assert.All(_console.Samples, sample => Assert.Contains(sample, _written));
        }
    }

    [Fact]
    public void Should_Not_Throw_When_The_Console_Is_Noise()
    {
        var random = new Random(Seed);
        var alphabet = "@sb1 0123456789=*%\r\n\t\e[]abcdefround"u8.ToArray();
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var noise = random.GetItems(alphabet, 4000);

            _console.Parse(noise);

            Assert.Empty(_console.Samples);
        }
    }

    // Any console that was ever captured, with what a serial line, a kernel's messages and a writer that means ill can do to it. SYSCALL_BENCH_SLOW makes it ten times as long.
    [Fact]
    public void Should_Take_Only_What_A_Console_Says_When_It_Is_Mutated()
    {
        var random = new Random(Seed);
        var consoles = Directory.EnumerateFiles(Path.GetDirectoryName(Captured.PathOf("linux.log"))!, "*.log").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var attempts = Environment.GetEnvironmentVariable("SYSCALL_BENCH_SLOW") is { Length: > 0 } ? 20_000 : 2000;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var original = consoles[random.Next(consoles.Count)];
            var mutated = Mutate(original[..Math.Min(original.Length, 64 * 1024)], consoles[random.Next(consoles.Count)], random);

            var before = GC.GetAllocatedBytesForCurrentThread();
            var log = _console.Parse(mutated);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
            var text = Encoding.Latin1.GetString(mutated);
            Assert.All(log.Samples, sample => Assert.All(Values(sample), value => Assert.Contains(value, text, StringComparison.Ordinal)));
            Assert.True(log.Failure is not null || log.Samples.Count > 0);
            Assert.True(log.Failure is not null || log.IsArtifactFormat || (log.Rounds == log.Begin!.Rounds && log.Samples.All(sample => sample.Iterations == log.Begin.Iterations)));
            Assert.DoesNotContain(log.Failure + string.Concat(log.Findings.Select(finding => finding.Seen)), char.IsControl);
        }
    }

    private static IEnumerable<string> Values(Sample sample) => sample.PerCall
        ? []
        : [Text("tsc", sample.Tsc), Text("empty", sample.Empty), Text("scall", sample.Scall), Text("fcall", sample.Fcall)];

    private static string Text(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");

    private static byte[] Mutate(byte[] console, byte[] other, Random random)
    {
        var mutated = console.ToList();
        for (var wound = random.Next(1, 8); wound > 0; wound--)
        {
            var at = random.Next(mutated.Count + 1);
            var length = Math.Min(random.Next(1, 400), mutated.Count - at);
            switch (random.Next(8))
            {
                case 0: mutated.RemoveRange(at, length); break;
                case 1: mutated.InsertRange(at, mutated.GetRange(at, length)); break;
                case 2: mutated.InsertRange(at, other[..Math.Min(other.Length, random.Next(1, 4000))]); break;
                case 3: mutated.InsertRange(at, "\e[2J\e]0;x\a\u202e\0\r"u8.ToArray()); break;
                case 4: mutated.InsertRange(at, Encoding.ASCII.GetBytes(Record(random))); break;
                case 5: mutated.RemoveRange(at, mutated.Count - at); break;
                default: Damage(mutated, random); break;
            }

            if (mutated.Count == 0)
                mutated.Add((byte)'\n');
        }

        return [.. mutated];
    }

    // A valid checksum proves nothing but that nobody lost a byte.
    private static string Record(Random random)
    {
        string[] numbers = ["0", "1", "-1", "20", "21", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "99999999999999999999999", "0x1f", "", "nan"];
        string Number() => numbers[random.Next(numbers.Length)];
        string[] bodies =
        [
            $"begin rounds={Number()} iters={Number()} warmup={Number()} nr={Number()} expect={Number()}",
            $"round n={Number()} tsc={Number()} empty={Number()} scall={Number()} fcall={Number()} interrupted={Number()}",
            $"end records={Number()} rounds={Number()} status={Number()}",
            $"error what={Number()} value=%1b%0a%07",
            $"clock khz={Number()} source=x invariant={Number()} rdtscp={Number()}",
            $"state name=cmdline value={Number()}%1B%5B2J",
        ];
        return ConsoleFixture.Frame($"@sb1 {Number()} {bodies[random.Next(bodies.Length)]}") + "\n";
    }

    private static byte[] UpToThePanic(byte[] console) => console[..(console.AsSpan().IndexOf("Kernel panic"u8) + 80)];

    private static void Damage(List<byte> console, Random random)
    {
        var at = random.Next(console.Count);
        switch (random.Next(3))
        {
            case 0: console.RemoveAt(at); break;
            case 1: console.Insert(at, console[at]); break;
            default: console[at] = (byte)random.Next(256); break;
        }
    }
}
