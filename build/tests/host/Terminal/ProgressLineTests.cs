using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Tests.Terminal;

public sealed class ProgressLineTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly StringWriter _terminal = new(CultureInfo.InvariantCulture);
    private readonly List<string> _said = [];

    private IEnumerable<string> Shown => _terminal.ToString().Split("\r\u001b[K").Skip(1);

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void Should_Show_The_First_Report_And_Then_Not_Each()
    {
        using (var line = Line(_terminal))
        {
            line.Report(1, 100);
            _clock.Go(0.1);
            line.Report(2, 100);
            _clock.Go(0.1);
            line.Report(3, null);
        }

        Assert.Equal(["compiling: 1 of 100 (1 %), 0 s", "compiling: 3, 0 s", string.Empty], Shown);
        Assert.Empty(_said);
    }

    [Fact]
    public void Should_Guess_The_Time_Left_From_What_Was_Done_Since_It_Started()
    {
        using var line = Line(_terminal);

        line.ReportBytes(20_000_000, 120_000_000);
        _clock.Go(10);
        line.ReportBytes(60_000_000, 120_000_000);

        Assert.Equal("compiling: 60.0 of 120.0 MB (50 %), about 15 s left", Shown.Last());
    }

    [Fact]
    public void Should_Not_Claim_More_Than_All()
    {
        using var line = Line(_terminal);

        line.Report(5, 4);

        Assert.Equal(["compiling: 5 of 5 (100 %), 0 s"], Shown);
    }

    [Fact]
    public void Should_Say_A_Line_Of_Its_Own_But_Seldom_When_It_Is_No_Terminal()
    {
        using (var line = Line(null))
        {
            for (var second = 0; second < 100; second++, _clock.Go(1))
                line.Report(second, 100);
        }

        Assert.Equal(
            ["compiling: 30 of 100 (30 %), about 70 s left", "compiling: 60 of 100 (60 %), about 40 s left", "compiling: 90 of 100 (90 %), about 10 s left"],
            _said);
    }

    [Fact]
    public void Should_Show_The_Time_That_Passes_While_The_Step_Says_Nothing()
    {
        using (var line = Line(_terminal).Ticking())
        {
            _clock.Go(1);
            _clock.Go(0.25);
            line.Report(1, 4);
            _clock.Go(1);
            _clock.Go(1);
            line.Report(2, 4);
            _clock.Go(1);
        }

        _clock.Go(5);
        Assert.Equal(
            [
                "compiling, 0:01",
                "compiling, 0:01: 1 of 4 (25 %)",
                "compiling, 0:02: 1 of 4 (25 %)",
                "compiling, 0:03: 1 of 4 (25 %)",
                "compiling, 0:04: 2 of 4 (50 %), about 4 s left",
                string.Empty,
            ],
            Shown);
    }

    private ProgressLine Line(TextWriter? terminal) => new("compiling", new StatusLine(terminal, () => 80), _said.Add, _clock);
}
