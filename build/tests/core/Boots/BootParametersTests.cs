using SyscallBench.Boots;
using SyscallBench.Platforms;

namespace SyscallBench.Tests.Boots;

public sealed class BootParametersTests
{
    private readonly BootOptions _options = new() { Platforms = new PlatformCatalog().All };

    [Theory]
    [InlineData(Accelerator.Kvm, 25, 1_000_000, "host,migratable=no")]
    [InlineData(Accelerator.Tcg, 3, 100, "Skylake-Client-v1")]
    public void Should_Take_The_Accelerators_Defaults_When_Nothing_Is_Asked_For(Accelerator accelerator, int runs, long iterations, string cpu)
    {
        var parameters = new BootParameters(_options, accelerator);

        Assert.Equal(runs, parameters.Runs);
        Assert.Equal([cpu], parameters.Cpus);
        Assert.Equal(new BenchmarkArguments(20, iterations, 1), parameters.Benchmark(new LinuxPlatform(Mitigations.On)));
        Assert.Equal(new BenchmarkArguments(20, 10_000, 1), parameters.Benchmark(new HostPlatform()));
    }

    [Fact]
    public void Should_Take_What_Is_Asked_For_When_It_Is()
    {
        var parameters = new BootParameters(_options with { Runs = 2, Rounds = 5, Iterations = 7, Warmup = 0, Cpus = ["EPYC-v1"] }, Accelerator.Tcg);

        Assert.Equal(2, parameters.Runs);
        Assert.Equal(["EPYC-v1"], parameters.Cpus);
        Assert.Equal(new BenchmarkArguments(5, 7, 0), parameters.Benchmark(new HostPlatform()));
    }

    [Fact]
    public void Should_Boot_Each_Kernel_On_Linux_And_The_Rest_Once()
    {
        var options = new BootOptions { Platforms = new PlatformCatalog().Select("floor,linux,stock-6.12"), Kernels = ["6.1", "6.12"] };

        Assert.Equal(
            [("floor", null), ("linux", "6.1"), ("stock-6.12", null), ("linux", "6.12")],
            new BootParameters(options, Accelerator.Tcg).Cases().Select(each => (each.Platform.Name, each.Kernel)));
    }

    [Fact]
    public void Should_Stay_Finite_When_The_Loops_Are_The_Longest_There_Are()
    {
        var parameters = new BootParameters(_options with { Rounds = 10_000, Iterations = 1_000_000_000 }, Accelerator.Tcg);

        Assert.Equal(TimeSpan.FromDays(2), parameters.Deadline(parameters.Benchmark(new LinuxPlatform(Mitigations.On))));
    }
}
