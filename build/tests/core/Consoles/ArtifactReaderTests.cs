using SyscallBench.Model;

namespace SyscallBench.Tests.Consoles;

public sealed class ArtifactReaderTests
{
    private readonly ConsoleFixture _console = new();

    [Fact]
    public void Should_Leave_The_Clock_Out_When_It_Was_Not_Printed()
    {
        var log = _console.Line("scall\t222.000").Line("fcall\t4").Parse();

        Assert.Null(log.Failure);
        var sample = Assert.Single(_console.Samples);
        Assert.Equal(Disturbance.Clock, sample.TscDisturbed);
        Assert.Equal(4_000_000, sample.Fcall);
    }

    [Theory]
    [InlineData("tsc\t70\nfcall\t4.000", 2, "fcall without its scall")]
    [InlineData("tsc\t70\nscall\t222.0\ntsc\t70\nscall\t222.000\nfcall\t4.000", 3, "tsc begins a round")]
    [InlineData("tsc\t70\nscall\t22\0.000\nfcall\t4.000", 2, "scall is no number")]
    [InlineData("tsc\t7O\nscall\t222.000\nfcall\t4.000", 1, "tsc is no number")]
    public void Should_Name_The_Line_When_A_Round_Is_Damaged(string text, long line, string reason)
    {
        var log = _console.Raw(text).Parse();

        Assert.Equal(line, log.Rejected[0].Line);
        Assert.Contains(reason, log.Rejected[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Fail_When_Fewer_Rounds_Came_Than_Were_Announced()
    {
        var log = _console.Line("CONFIG_NB_ROUNDS=20\r").Line("tsc\t70\r").Line("scall\t222.000\r").Line("fcall\t4.000\r").Parse();

        Assert.Equal("the console is cut after 1 of 20 rounds", log.Failure);
    }
}
