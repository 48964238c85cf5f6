using SyscallBench.Protocol;
using SyscallBench.Samples;
using SyscallBench.Throughput;

namespace SyscallBench.Tests.Throughput;

public sealed class ThroughputBenchTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Write_Consoles_That_The_Parser_Takes_Whole()
    {
        using var stream = new MemoryStream();
        new SyntheticConsole(seed: 7).Write(stream, rounds: 25);
        stream.Position = 0;
        var samples = new List<Sample>();

        var log = ConsoleParser.Parse(stream, "synthetic", 0, samples.Add);

        Assert.Null(log.Failure);
        Assert.Equal(0, log.RejectedCount);
        Assert.Equal(25, samples.Count);
    }

    [Fact]
    public void Should_Time_Both_Steps_And_Leave_Nothing_Behind()
    {
        var bench = new ThroughputBench(_files.Workspace) { Records = 50, Repeats = 1 };

        var figures = bench.Run(TestContext.Current.CancellationToken);

        Assert.Equal(["Parse", "Process"], figures.Select(figure => figure.What));
        Assert.All(figures, figure => Assert.True(figure.Value > 0));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.Workspace.Temporary));
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(2.5, false)]
    public void Should_Say_When_A_Figure_Is_Over_Its_Budget(double seconds, bool within)
    {
        var figure = new BenchFigure("start", seconds, "s", AtMost: 2);

        Assert.Equal(within, figure.IsWithinBudget);
        Assert.Equal(within, !figure.ToString().Contains("OVER BUDGET", StringComparison.Ordinal));
    }
}
