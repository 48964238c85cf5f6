using SyscallBench.Processes;

namespace SyscallBench.Tests.Machine;

public sealed class TuneCpuShowTests(ThisMachine machine) : IDisposable
{
    private readonly TuneCpuFixture _tune = new(machine);

    [Fact]
    public async Task Should_Describe_And_Advise_When_Driver_Has_No_Userspace_Governor()
    {
        _tune.Root.IntelPstate();
        var before = _tune.Snapshot();

        var code = await _tune.RunAsync("show");

        Assert.Equal(0, code);
        Assert.Contains("driver   intel_pstate", _tune.Output, StringComparison.Ordinal);
        Assert.Contains("turbo    on", _tune.Output, StringComparison.Ordinal);
        Assert.Contains("policy   2 x powersave, 800000 to 4900000 kHz, base 3600000 kHz (base_frequency)", _tune.Output, StringComparison.Ordinal);
        Assert.Contains("pinned   no", _tune.Output, StringComparison.Ordinal);
        Assert.Contains("intel_pstate=disable", _tune.Output, StringComparison.Ordinal);
        Assert.Equal(before, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Say_Pinned_And_Where_The_Old_Values_Are_When_Pinned()
    {
        _tune.Root.AcpiAmd();
        await _tune.RunAsync("pin");

        await _tune.RunAsync("show");

        Assert.Contains("pinned   yes", _tune.Output, StringComparison.Ordinal);
        Assert.Contains(_tune.Journal, _tune.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", 0, "no frequency control")]
    [InlineData("pin", 3, "no frequency control")]
    [InlineData("restore", 0, "Nothing to restore")]
    public async Task Should_Say_So_And_Change_Nothing_When_Machine_Has_No_Cpufreq(string command, int expected, string said)
    {
        _tune.Root.WithoutCpufreq();

        var code = await _tune.RunAsync(command);

        Assert.Equal(expected, code);
        Assert.Contains(said, _tune.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_tune.State));
    }

    [Theory]
    [InlineData("pn")]
    [InlineData("pin", "--kHz=3600000")]
    [InlineData("pin", "--khz=fast")]
    [InlineData("pin", "restore")]
    [InlineData("pin", "--state=")]
    [InlineData("pin", "--sysfs=/nowhere")]
    public async Task Should_Change_Nothing_When_Arguments_Are_Wrong(string command, params string[] options)
    {
        _tune.Root.IntelPstate();
        var before = _tune.Snapshot();

        var code = await _tune.RunAsync(command, options);

        Assert.Equal(2, code);
        Assert.StartsWith("tune-cpu: ", _tune.Output, StringComparison.Ordinal);
        Assert.Equal(before, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Explain_Itself_When_Asked_For_Help()
    {
        var code = await _tune.RunAsync("--help");

        Assert.Equal(0, code);
        foreach (var word in new[] { "show", "pin", "restore", "--khz=N", "--state=DIR", "--sysfs=DIR", "Exit codes" })
            Assert.Contains(word, _tune.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Please_Shellcheck_When_It_Is_Installed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "shellcheck is not installed");
        var output = new List<string>();

        var result = await machine.Processes.RunAsync(
            new ProcessRequest("/usr/bin/shellcheck", TuneCpuFixture.Script) { OnLine = output.Add }, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, string.Join('\n', output));
    }

    public void Dispose() => _tune.Dispose();
}
