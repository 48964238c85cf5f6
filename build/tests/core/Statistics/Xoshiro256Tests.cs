using SyscallBench.Statistics;

namespace SyscallBench.Tests.Statistics;

public sealed class Xoshiro256Tests
{
    [Fact]
    public void Should_Give_The_Same_Numbers_On_Every_Machine()
    {
        // From an independent version in Python, itself checked against the authors' vectors.
        var random = new Xoshiro256(42);

        ulong[] expected = [15021278609987233951, 5881210131331364753, 18149643915985481100, 12933668939759105464];
        Assert.Equal(expected, expected.Select(_ => random.Next()));
    }

    [Fact]
    public void Should_Stay_Within_Bounds()
    {
        var random = new Xoshiro256(1);

        var drawn = Enumerable.Range(0, 10_000).Select(_ => random.Next(7)).ToList();

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], drawn.Distinct().Order());
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.NextOpen(), double.Epsilon, 0.9999999999999999));
    }
}
