using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Platforms;

namespace SyscallBench.Build.Tests.Boots;

public sealed class BootPaceTests
{
    private static readonly IReadOnlyList<BootCase> Cases =
        [.. new PlatformCatalog().Select("linux,floor,host").Select(platform => new BootCase(platform, "EPYC-v1", new BenchmarkArguments(20, 1000, 1)))];

    private readonly IReadOnlyList<PlannedBoot> _plan = BootPlan.Make(Cases, 4, seed: 1);
    private readonly BootPace _pace = new();

    [Fact]
    public void Should_Not_Guess_Before_The_First_Boot_Is_Over() => Assert.Null(_pace.Left(_plan));

    [Fact]
    public void Should_Take_Each_Platform_At_Its_Own_Pace_And_An_Unknown_One_At_The_Average()
    {
        _pace.Add(Boot.Of("linux", 5));
        _pace.Add(Boot.Of("linux", 7, after: 5));
        _pace.Add(Boot.Of("floor", 2, after: 12));

        var left = _pace.Left(_plan);

        Assert.Equal(TimeSpan.FromSeconds((4 * 6) + (4 * 2) + (4 * 4)), left);
    }

    [Fact]
    public void Should_Take_Half_The_Time_When_Two_Boots_Were_Made_At_Once()
    {
        _pace.Add(Boot.Of("linux", 6));
        _pace.Add(Boot.Of("floor", 2));
        _pace.Add(Boot.Of("host", 4, after: 2));

        Assert.Equal(TimeSpan.FromSeconds(4 * (6 + 2 + 4) / 2), _pace.Left(_plan));
    }

    [Fact]
    public void Should_Count_No_Boot_Of_A_Platform_That_Failed()
    {
        _pace.Add(Boot.Of("floor", 2));
        _pace.Add(Boot.Of("linux", 60, after: 2) with { Failure = "deadline" });

        Assert.Equal(TimeSpan.FromSeconds(8 * 2), _pace.Left(_plan));
    }
}
