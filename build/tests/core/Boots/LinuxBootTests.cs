using SyscallBench.Platforms;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

/// <summary>Real boots of Linux, where a kernel is built: <c>--target=BuildKernel</c>, or the image that SYSCALL_BENCH_KERNEL names.</summary>
public sealed class LinuxBootTests(GuestImages guests)
{
    [Fact]
    public async Task Should_Write_The_Same_Console_When_Linux_Is_Booted_Again()
    {
        var images = Require();
        using var first = new SessionFixture(images);
        using var second = new SessionFixture(images);

        var run = await first.RunAsync(first.Options("linux,linux-nomitig") with { Runs = 1 });
        await second.RunAsync(second.Options("linux,linux-nomitig") with { Runs = 1 });

        Assert.All(run.Platforms, platform => Assert.Null(platform.Reason));
        Assert.Equal(first.Log("linux", 0), second.Log("linux", 0));
        Assert.Equal(first.Log("linux-nomitig", 0), second.Log("linux-nomitig", 0));
    }

    [Fact]
    public async Task Should_Reject_The_Boot_When_Mitigations_Are_Not_The_Intended_Ones()
    {
        using var fixture = new SessionFixture(Require());

        var run = await fixture.RunAsync(fixture.Options("linux") with { Platforms = [new MislabelledPlatform()], Runs = 2 });

        Assert.Contains("mitigations=off", run.Platforms[0].Reason);
        Assert.Empty(run.Platforms[0].Boots);
    }

    private ImageSet Require()
    {
        guests.Require();
        return new ImageSet().Add(Image.Kernel, guests.RequireKernel()).Add(Image.Initramfs, guests.Initramfs());
    }

    /// <summary>Linux that says one thing and does another.</summary>
    private sealed class MislabelledPlatform() : LinuxPlatform(Mitigations.On)
    {
        protected override string MitigationsArgument => "off";
    }
}
