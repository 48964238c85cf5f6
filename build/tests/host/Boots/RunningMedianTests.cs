using SyscallBench.Boots;
using SyscallBench.Build.Boots;
using SyscallBench.Model;

namespace SyscallBench.Build.Tests.Boots;

public sealed class RunningMedianTests : IDisposable
{
    private readonly DirectoryInfo _raw = Directory.CreateTempSubdirectory("raw ");
    private readonly BootStore _store;

    public RunningMedianTests() => _store = new BootStore(_raw.FullName);

    public void Dispose() => _raw.Delete(recursive: true);

    [Fact]
    public void Should_Tell_What_A_Captured_Boot_Costs_As_The_Artifact_Defines_It()
    {
        Capture("floor", "floor.log", boot: 0);
        Capture("floor", "floor.log", boot: 1);
        var median = new RunningMedian(_store);

        var first = median.Add(Boot.Of("floor", 1, boot: 0));
        var both = median.Add(Boot.Of("floor", 1, boot: 1));

        // 20 rounds of scall=8005 for 1000 calls, the clock itself 5.
        Assert.Equal((8.0, 8.0), (first, both));
    }

    [Fact]
    public void Should_Say_Nothing_When_A_Boot_Failed_Or_Has_No_Console()
    {
        var median = new RunningMedian(_store);

        Assert.Null(median.Add(Boot.Of("linux", 1)));
        Assert.Null(median.Add(Boot.Of("floor", 1) with { Failure = "fault" }));
    }

    private void Capture(string platform, string console, int boot)
    {
        var path = _store.LogPath(platform, boot);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Path.Combine(Workspace.Above(AppContext.BaseDirectory).Root, "build", "tests", "core", "captured", console), path);
    }
}
