using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Platforms;

/// <summary>What the benchmark counts where the kernel's instructions are known by hand: one real boot of the floor guest under TCG each.</summary>
public sealed class FloorCountTests(GuestImages guests) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ProcessRunner _processes = new();

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false, "tsc=5 empty=3005 scall=8005 fcall=6005")]
    // call, mov, ret: what a function costs everywhere.
    [InlineData(true, "tsc=5 empty=3005 scall=11005 fcall=6005")]
    public async Task Should_Count_Each_Instruction_Wherever_The_Call_Is_Made(bool viaFunction, string expected)
    {
        guests.Require();
        var console = _folder.Path("console");
        var command = new FloorPlatform(3).Command(new GuestSettings(
            Accelerator.Tcg,
            "Skylake-Client-v1",
            new BenchmarkArguments(2, 1000, 1) { ViaFunction = viaFunction },
            guests.Images.Paths,
            console));

        var exit = await new QemuRunner(_processes, new SystemFiles())
            .RunAsync(command, null, null, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal(FloorPlatform.Success, exit.Process.ExitCode);
        Assert.Contains(expected, File.ReadAllText(console));
    }
}
