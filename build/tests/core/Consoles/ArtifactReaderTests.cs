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
        Assert.Equal(4, sample.Fcall);
    }

    [Theory]
    [InlineData("tsc\t70\nfcall\t4.000", 2, "fcall without its scall")]
    [InlineData("tsc\t70\nscall\t222.0\ntsc\t70\nscall\t222.000\nfcall\t4.000", 3, "tsc begins a round")]
    [InlineData("tsc\t70\nscall\t22\0.000\nfcall\t4.000", 2, "scall is 22")]
    [InlineData("tsc\t7O\nscall\t222.000\nfcall\t4.000", 1, "tsc is 7O")]
    public void Should_Name_The_Line_When_A_Round_Is_Damaged(string text, long line, string reason)
    {
        var log = _console.Raw(text).Parse();

        Assert.Equal(line, log.FirstRejected!.Line);
        Assert.Contains(reason, log.FirstRejected!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Fail_When_Fewer_Rounds_Came_Than_Were_Announced()
    {
        var log = _console.Line("CONFIG_NB_ROUNDS=20\r").Line("tsc\t70\r").Line("scall\t222.000\r").Line("fcall\t4.000\r").Parse();

        Assert.Contains("1 of 20", log.Failure, StringComparison.Ordinal);
    }

    // A difference that wrapped, the least number there is, a division by zero: whoever printed the others of the boot measured them well.
    [Theory]
    [InlineData("scall", "18446744073709.551")]
    [InlineData("fcall", "18446744073709.551")]
    [InlineData("scall", "-9223372036854775808")]
    [InlineData("fcall", "9223372036854775807")]
    [InlineData("tsc", "99999999999999999999999999999999")]
    [InlineData("scall", "-nan")]
    [InlineData("fcall", "inf")]
    [InlineData("scall", "1e999")]
    [InlineData("tsc", "")]
    public void Should_Leave_Out_One_Round_When_One_Value_Is_Absurd(string name, string value)
    {
        _console.Line("CONFIG_NB_ROUNDS=20");
        for (var round = 0; round < 20; round++)
        {
            foreach (var (key, usual) in new[] { ("tsc", "70"), ("scall", "222.125"), ("fcall", "4.000") })
                _console.Line($"{key}\t{(round == 7 && key == name ? value : usual)}");
        }

        var log = _console.Parse();

        Assert.Null(log.Failure);
        Assert.Equal((20, 19), (log.Rounds, log.Samples.Count));
        Assert.DoesNotContain(log.Samples, sample => sample.Round == 7);
        Assert.All(log.Samples, sample => Assert.Equal((70, 222.125, 4), (sample.Tsc, sample.Scall, sample.Fcall)));
        Assert.Equal(1, log.RejectedCount);
        Assert.Contains(log.Findings, finding => finding.Severity == Severity.Warning);
    }

    [Fact]
    public void Should_Fail_When_No_Round_Has_A_Value()
    {
        var log = _console.Line("scall\tnan").Line("fcall\tnan").Parse();

        Assert.NotNull(log.Failure);
    }
}
