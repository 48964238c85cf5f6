using SyscallBench.Model;

namespace SyscallBench.Tests.Consoles;

/// <summary>Whatever happens to a console on its way, no value comes out of it that the guest did not write.</summary>
public sealed class DamagedConsoleTests
{
    private const int Seed = 20210426;

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
