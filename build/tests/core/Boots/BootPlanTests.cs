using SyscallBench.Boots;
using SyscallBench.Platforms;

namespace SyscallBench.Tests.Boots;

public sealed class BootPlanTests
{
    private readonly IReadOnlyList<BootCase> _cases = [.. new PlatformCatalog().Select(null).Select(platform => new BootCase(platform, "EPYC-v1", new BenchmarkArguments(20, 1000, 1)))];

    [Fact]
    public void Should_Give_The_Same_Order_When_The_Seed_Is_The_Same()
    {
        var plan = BootPlan.Make(_cases, 25, seed: 7);

        Assert.Equal(plan, BootPlan.Make(_cases, 25, seed: 7));
        Assert.NotEqual(plan, BootPlan.Make(_cases, 25, seed: 8));
    }

    [Fact]
    public void Should_Boot_Each_Platform_Once_When_A_Block_Is_Over()
    {
        var plan = BootPlan.Make(_cases, 25, seed: 7);

        Assert.Equal(Enumerable.Range(0, plan.Count), plan.Select(boot => boot.Order));
        Assert.All(plan.Chunk(_cases.Count), (block, number) =>
        {
            Assert.All(block, boot => Assert.Equal(number, boot.Boot));
            Assert.Equal(_cases.Count, block.Select(boot => boot.Platform).Distinct().Count());
        });
        Assert.True(plan.Chunk(_cases.Count).Select(block => string.Join(' ', block.Select(boot => boot.Platform.Name))).Distinct().Count() > 15);
    }

    [Fact]
    public void Should_Be_This_Order_On_Every_Machine_When_The_Seed_Is_One()
    {
        var plan = BootPlan.Make(_cases, 2, seed: 1);

        Assert.Equal(
            ["linux-nomitig", "floor", "floor-ring0", "host", "linux", "unikraft", "host", "floor-ring0", "floor", "linux-nomitig", "unikraft", "linux"],
            plan.Select(boot => boot.Platform.Name));
    }
}
