using SyscallBench.Consoles;

namespace SyscallBench.Tests.Consoles;

public sealed class ConsoleReaderTests
{
    private readonly ConsoleFixture _console = new();

    [Fact]
    public void Should_Take_Every_Round_When_The_Boot_Is_Whole()
    {
        var log = _console.Begin().Round(0).Round(1, "12").End(2).Parse();

        Assert.Null(log.Failure);
        Assert.Empty(log.Findings);
        Assert.Equal(new BeginRecord(2, 1000, 1, 500, 0xC0FFEE), log.Begin);
        Assert.Equal(2, log.Rounds);
        Assert.Equal(new Sample(0, 0, 1000, 5, 3005, 80005, 6005), _console.Samples[0]);
        Assert.Equal(Disturbance.Interrupt, _console.Samples[1].ScallDisturbed);
        Assert.Equal(Disturbance.Interrupt, _console.Samples[1].FcallDisturbed);
        Assert.Equal(Disturbance.None, _console.Samples[1].EmptyDisturbed);
    }

    [Fact]
    public void Should_Find_Records_When_The_Console_Adds_Noise()
    {
        var log = _console
            .Line("\e[2J\e[1;1HSeaBIOS\r").Raw("[    0.1] a message without an end").Begin(rounds: 3)
            .Raw("\e[0m").Line(_console.Next(ConsoleFixture.RoundBody(0)) + "\e[K\r\r")
            .Line(_console.Next(ConsoleFixture.RoundBody(1)) + "[    0.2] clocksource: switched")
            .Line(_console.Next(ConsoleFixture.RoundBody(2)).Insert(20, "\e[31m\r"))
            .End(3).Parse();

        Assert.Null(log.Failure);
        Assert.Equal(3, log.Rounds);
        Assert.Equal(0, log.RejectedCount);
    }

    [Fact]
    public void Should_Take_Both_Records_When_A_Line_Feed_Was_Lost()
    {
        var log = _console.Begin().Raw(_console.Next(ConsoleFixture.RoundBody(0))).Round(1).End(2).Parse();

        Assert.Equal(2, log.Rounds);
        Assert.Equal(0, log.RejectedCount);
    }

    [Fact]
    public void Should_Read_The_Second_Record_When_The_First_On_The_Line_Is_Cut()
    {
        var log = _console.Begin().Raw(_console.Next(ConsoleFixture.RoundBody(0))[..30]).Round(1).End(2).Parse();

        Assert.Contains("record 2 where record 1 was due", log.Failure, StringComparison.Ordinal);
        Assert.Equal(2, log.FirstRejected!.Line);
    }

    [Fact]
    public void Should_Name_File_And_Line_When_A_Record_Is_Damaged()
    {
        var log = _console.Begin().Line(_console.Next(ConsoleFixture.RoundBody(0)).Replace("tsc=5", "tsc=6")).Round(1).End(2).Parse();

        Assert.NotNull(log.Failure);
        Assert.Equal([(Severity.Error, "boot-000.log"), (Severity.Warning, "boot-000.log:2")], log.Findings.Select(finding => (finding.Severity, finding.Subject)));
    }

    [Theory]
    [InlineData("round n=0 tsc=5 empty=3005 scall=80005 fcall=6005", "key interrupted is missing")]
    [InlineData("round n=0 tsc=5 empty=3005 scall=80005 fcall=6005 interrupted=16", "malformed")]
    [InlineData("round n=0 tsc=5 empty=3005 scall=80005 fcall=6005 interrupted=0 switched=16", "malformed")]
    [InlineData("round n=0 tsc=5 empty=3005 scall=80005 fcall=6005 interrupted=0 moved=", "malformed")]
    [InlineData("round n=0 tsc=5 empty=3005 scall=80005 fcall=6005 interrupted=0 stolen=-1", "malformed")]
    [InlineData("round n=0 tsc=5 empty=3005 scall=80005 fcall=6005 interrupted=0 stolen=0 stolen=0", "twice")]
    [InlineData("round n=0 tsc=5 tsc=5 empty=3005 scall=80005 fcall=6005 interrupted=0", "twice")]
    [InlineData("round n=0 tsc=5.0 empty=3005 scall=80005 fcall=6005 interrupted=0", "malformed")]
    [InlineData("round n=0 tsc=999999999999999999999 empty=1 scall=1 fcall=1 interrupted=0", "malformed")]
    [InlineData("round n=7 tsc=5 empty=3005 scall=80005 fcall=6005 interrupted=0", "round 7 where round 0")]
    [InlineData("round", "key n is missing")]
    [InlineData("round n=0  tsc=5", "no key=value")]
    [InlineData("lap n=0", "unknown kind lap")]
    [InlineData("state name=cmdline", "key value is missing")]
    [InlineData("state name=cmdline value=%2g", "malformed escape")]
    [InlineData("state name=cmdline value=%2", "malformed escape")]
    [InlineData("clock khz=-1 source=none invariant=0 rdtscp=1", "key khz is malformed")]
    public void Should_Reject_When_A_Record_Is_Not_Valid(string body, string reason)
    {
        var log = _console.Begin(1).Record(body).Round(0).End(1).Parse();

        Assert.Equal((1, 2), (log.RejectedCount, log.FirstRejected!.Line));
        Assert.Contains(reason, log.FirstRejected.Reason, StringComparison.Ordinal);
        Assert.Single(_console.Samples);
    }

    [Fact]
    public void Should_Ignore_When_A_Key_Is_Unknown()
    {
        var log = _console.Begin().Record(ConsoleFixture.RoundBody(0) + " temperature=40").Round(1).End(2).Parse();

        Assert.Equal(0, log.RejectedCount);
        Assert.Equal(2, log.Rounds);
    }

    [Fact]
    public void Should_Mark_Each_Region_With_What_Came_Into_It()
    {
        var log = _console.Begin().Record(ConsoleFixture.RoundBody(0, "12") + " switched=4 moved=1 stolen=15").Round(1).End(2).Parse();

        var sample = _console.Samples[0];
        Assert.Equal(0, log.RejectedCount);
        Assert.Equal(Disturbance.Migration | Disturbance.Steal, sample.TscDisturbed);
        Assert.Equal(Disturbance.Steal, sample.EmptyDisturbed);
        Assert.Equal(Disturbance.Interrupt | Disturbance.ContextSwitch | Disturbance.Steal, sample.ScallDisturbed);
        Assert.Equal(Disturbance.Interrupt | Disturbance.Steal, sample.FcallDisturbed);
    }

    [Theory]
    [InlineData("interrupted=0", Disturbance.Interrupt)]
    [InlineData("interrupted=0 switched=- moved=- stolen=-", Disturbance.Interrupt)]
    [InlineData("interrupted=- switched=- moved=- stolen=-", Disturbance.None)]
    [InlineData("interrupted=0 switched=0 moved=15 stolen=-", Disturbance.Interrupt | Disturbance.ContextSwitch | Disturbance.Migration)]
    [InlineData("stolen=0 moved=- switched=- interrupted=-", Disturbance.Steal)]
    public void Should_Know_What_The_Program_Could_See(string seen, Disturbance kinds)
    {
        var log = _console.Begin(1).Record($"round n=0 tsc=5 empty=3005 scall=80005 fcall=6005 {seen}").End(1).Parse();

        Assert.Equal(0, log.RejectedCount);
        Assert.Equal(kinds, log.Seen);
    }

    [Fact]
    public void Should_Count_As_Seen_Only_What_Every_Round_Could_See()
    {
        var log = _console.Begin().Record(ConsoleFixture.RoundBody(0) + " switched=0 moved=0").Record(ConsoleFixture.RoundBody(1) + " switched=- moved=0")
            .End(2).Parse();

        Assert.Equal(Disturbance.Interrupt | Disturbance.Migration, log.Seen);
    }

    /// <summary>A CPU with FRED: the kernel's ticks are known, other interrupts are not.</summary>
    [Fact]
    public void Should_Mark_A_Tick_And_Not_Call_The_Other_Rounds_Undisturbed_When_Interrupts_Are_Unknown()
    {
        var log = _console.Begin().Round(0, "4").Round(1, "-").End(2).Parse();

        Assert.Equal([Disturbance.Interrupt, Disturbance.None], _console.Samples.Select(sample => sample.ScallDisturbed));
        Assert.Equal((Disturbance.None, true), (log.Seen, log.InterruptsInvisible));
    }

    [Fact]
    public void Should_Reject_When_A_Record_Comes_Twice()
    {
        var log = _console.Begin().Round(0).Round(1).Line(ConsoleFixture.Frame("@sb1 1 " + ConsoleFixture.RoundBody(0))).End(2).Parse();

        Assert.Contains("boot-000.log:4", log.Failure, StringComparison.Ordinal);
        Assert.Equal(2, log.Samples.Count);
    }

    [Fact]
    public void Should_Decode_When_A_Value_Has_Escapes()
    {
        var log = _console.Begin().Record("state name=cmdline value=a=1%20--%20%25%C3%A9@sb1").Round(0).Round(1).End(2).Parse();

        Assert.Equal("a=1 -- %é@sb1", log.States["cmdline"]);
        Assert.Equal(0, log.RejectedCount);
    }

    [Fact]
    public void Should_Mark_When_A_Clock_Difference_Is_Not_Above_Zero()
    {
        _console.Begin().Record("round n=0 tsc=5 empty=0 scall=-7 fcall=6005 interrupted=-").End(1).Parse();

        var sample = Assert.Single(_console.Samples);
        Assert.Equal(Disturbance.Clock, sample.EmptyDisturbed);
        Assert.Equal(Disturbance.Clock, sample.ScallDisturbed);
        Assert.Equal(Disturbance.None, sample.FcallDisturbed);
    }

    [Fact]
    public void Should_Go_On_When_A_Line_Never_Seems_To_End()
    {
        var log = _console.Begin().Raw(new string('x', 1_000_000)).Line("").Round(0).Raw(new string('y', 65_537)).Line("").Round(1).End(2).Parse();

        Assert.Null(log.Failure);
        Assert.Equal(2, log.Rounds);
    }

    [Fact]
    public void Should_Stop_Reading_When_All_Is_Damaged()
    {
        for (var line = 0; line < 30_000; line++)
            _console.Line("@sb1 damaged");

        var log = _console.Begin().Round(0).Round(1).End(2).Parse();

        Assert.NotNull(log.Failure);
        Assert.Null(log.Begin);
    }

    [Fact]
    public void Should_Not_Count_When_The_Console_Is_Larger_Than_Any_Can_Be()
    {
        var path = Path.GetTempFileName();
        using (var file = File.OpenWrite(path))
            file.SetLength(ConsoleReader.LargestConsole + 1L);

        var log = ConsoleReader.Read(path, "boot-000.log", 0);

        File.Delete(path);
        Assert.NotNull(log.Failure);
    }

    // Opening a FIFO would wait for a writer, and reading /dev/zero would never end.
    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("fifo")]
    [InlineData("link to a fifo")]
    public void Should_Not_Count_When_The_Console_Is_No_File(string kind)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var path = Path.Combine(folder, "fifo");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [path]))
            mkfifo.WaitForExit();
        if (kind == "link to a fifo")
            path = File.CreateSymbolicLink(Path.Combine(folder, "link"), path).FullName;

        var log = ConsoleReader.Read(kind == "/dev/zero" ? kind : path, "boot-000.log", 0);

        Directory.Delete(folder, recursive: true);
        Assert.NotNull(log.Failure);
    }
}
