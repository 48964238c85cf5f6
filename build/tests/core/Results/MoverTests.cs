using SyscallBench.Results;

namespace SyscallBench.Tests.Results;

public sealed class MoverTests
{
    [Fact]
    public void Should_Be_Exact_When_Both_Sides_Are()
    {
        var difference = Mover.Difference(Exact(260), Exact(253));

        Assert.Equal(new ComparedValue(7, new Interval(7, 7)), difference);
        Assert.True(difference.IsExact);
    }

    [Fact]
    public void Should_Add_Distances_As_Variances_When_Intervals_Have_Width()
    {
        var left = new ComparedValue(10, new Interval(7, 14));
        var right = new ComparedValue(5, new Interval(2, 9));

        var difference = Mover.Difference(left, right);

        // Down: 3 of the left and 4 of the right make 5. Up: 4 of the left and 3 of the right make 5.
        Assert.Equal(new ComparedValue(5, new Interval(0, 10)), difference);
    }

    [Fact]
    public void Should_Agree_With_Fieller_When_Intervals_Are_Symmetric()
    {
        var ratio = Mover.Ratio(new ComparedValue(222, new Interval(220, 224)), new ComparedValue(84, new Interval(83, 85)));

        // Fieller's bounds for these numbers, worked out by hand: (ab ± sqrt(a²b² - (a²-A²)(b²-B²))) / (b²-B²) with A = 2 and B = 1.
        var scale = (84.0 * 84) - 1;
        var root = Math.Sqrt((222.0 * 222 * 84 * 84) - (((222.0 * 222) - 4) * scale));
        Assert.Equal(((222.0 * 84) - root) / scale, ratio.Ci95!.Value.Low, 9);
        Assert.Equal(((222.0 * 84) + root) / scale, ratio.Ci95.Value.High, 9);
    }

    [Fact]
    public void Should_Have_No_Interval_When_A_Side_Has_None()
    {
        Assert.Null(Mover.Difference(new ComparedValue(1, null), Exact(2)).Ci95);
        Assert.Null(Mover.Ratio(Exact(2), new ComparedValue(1, null)).Ci95);
    }

    [Fact]
    public void Should_Have_No_Interval_When_The_Denominator_May_Be_Zero()
    {
        Assert.Null(Mover.Ratio(Exact(2), new ComparedValue(1, new Interval(-1, 3))).Ci95);
    }

    private static ComparedValue Exact(double value) => new(value, new Interval(value, value));
}
