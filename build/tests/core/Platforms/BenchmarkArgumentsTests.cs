using SyscallBench.Consoles;
using SyscallBench.Platforms;

namespace SyscallBench.Tests.Platforms;

public sealed class BenchmarkArgumentsTests
{
    private static readonly BeginRecord _told = new(20, 1000, 1, 500, null);

    [Theory]
    [InlineData(21, 1000, 1, null)]
    [InlineData(20, 1, 1, null)]
    [InlineData(20, 1000, 0, null)]
    [InlineData(20, 1000, 1, 110)]
    public void Should_Say_So_When_A_Guest_Was_Told_Something_Else(int rounds, long iterations, int warmup, int? call) =>
        Assert.NotNull(new BenchmarkArguments(rounds, iterations, warmup) { SystemCall = call }.WhyOther(_told));

    [Theory]
    [InlineData(null)]
    [InlineData(500)]
    public void Should_Say_Nothing_When_A_Guest_Was_Told_What_Was_Asked(int? call) =>
        Assert.Null(new BenchmarkArguments(20, 1000, 1) { SystemCall = call }.WhyOther(_told));
}
