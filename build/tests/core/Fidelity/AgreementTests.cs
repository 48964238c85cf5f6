using SyscallBench.Fidelity;

namespace SyscallBench.Tests.Fidelity;

public sealed class AgreementTests
{
    private static readonly double[] _steady = [.. Enumerable.Range(0, 60).Select(run => 100 + (run % 5 * 0.1))];

    [Theory]
    [InlineData(1.00, true, false)]
    [InlineData(1.02, true, false)]
    [InlineData(1.06, false, true)]
    [InlineData(0.94, false, true)]
    public void Should_Judge_By_The_Difference_When_Runs_Hardly_Vary(double factor, bool agrees, bool differs)
    {
        var held = Agreement.Of(_steady, [.. _steady.Select(run => run * factor)], 0.5, 0.03);

        Assert.Equal((agrees, differs), (held.Agrees, held.Differs));
        Assert.Equal(factor - 1, held.Difference, 9);
        Assert.InRange(held.Difference, held.Difference95.Low, held.Difference95.High);
    }

    [Fact]
    public void Should_Decide_Nothing_When_Runs_Vary_More_Than_The_Limit()
    {
        // The same on both sides: what a busy machine gives must not pass by luck.
        double[] noisy = [.. Enumerable.Range(0, 10).Select(run => 100.0 + (run * 10))];

        var held = Agreement.Of(noisy, noisy, 0.5, 0.03);

        Assert.Equal((false, false), (held.Agrees, held.Differs));
    }

    [Fact]
    public void Should_Be_Sure_When_Counts_Are_Exact()
    {
        var held = Agreement.Of([270, 270, 270], [270, 270, 270], 0.5, 0.05);

        Assert.True(held.Agrees);
        Assert.Equal((0, 0), (held.Difference95.Low, held.Difference95.High));
    }
}
