namespace SyscallBench.Tests.Machine;

public sealed class TuneCpuFailureTests(ThisMachine machine) : IDisposable
{
    private const string Policy1 = FakeCpufreq.Cpu + "cpufreq/policy1/";

    private readonly TuneCpuFixture _tune = new(machine);

    [Fact]
    public async Task Should_Have_The_Old_Values_On_Disk_When_Killed_Before_The_First_Change()
    {
        _tune.Root.IntelPstate();
        var before = _tune.Snapshot();
        _tune.Replace("sync", "[[ $1 != */state ]] || kill -9 $PPID");

        var killed = await _tune.RunAsync("pin");

        Assert.Equal(128 + 9, killed);
        Assert.Equal(before, _tune.Snapshot());
        Assert.EndsWith("end=9\n", File.ReadAllText(_tune.Journal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Put_Everything_Back_When_Killed_Half_Way()
    {
        _tune.Root.IntelPstate();
        var before = Killable();

        var killed = await _tune.RunAsync("pin");

        Assert.Equal(128 + 9, killed);
        Assert.Equal("1", _tune.Attribute("intel_pstate/no_turbo"));
        Assert.Equal("performance", _tune.Attribute("cpufreq/policy0/scaling_governor"));
        Assert.Equal("powersave", _tune.Attribute("cpufreq/policy1/scaling_governor"));

        _tune.ForgetReplacements();
        var pinned = await _tune.RunAsync("pin");
        Assert.Equal(4, pinned);
        var restored = await _tune.RunAsync("restore");

        Assert.Equal(0, restored);
        Assert.Equal(before, _tune.Snapshot());
        Assert.False(File.Exists(_tune.Journal));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Should_Roll_Back_When_Interrupted_Half_Way(string signal, int expected)
    {
        _tune.Root.IntelPstate();
        var before = Killable(signal);

        var code = await _tune.RunAsync("pin");

        Assert.Equal(expected, code);
        Assert.Equal(before, _tune.Snapshot());
        Assert.False(File.Exists(_tune.Journal));
    }

    [Fact]
    public async Task Should_Roll_Back_When_The_Kernel_Refuses_A_Value()
    {
        _tune.Root.IntelPstate();
        var before = _tune.Snapshot();

        // A file of the kernel's own that refuses any number outside of -1000..1000 with EINVAL, as an attribute of a driver would.
        File.Delete(_tune.Root.At(Policy1 + "scaling_max_freq"));
        File.CreateSymbolicLink(_tune.Root.At(Policy1 + "scaling_max_freq"), "/proc/self/oom_score_adj");

        var code = await _tune.RunAsync("pin");

        Assert.Equal(1, code);
        Assert.Contains("policy1/scaling_max_freq", _tune.Output, StringComparison.Ordinal);
        Assert.Equal("0", _tune.Attribute("intel_pstate/no_turbo"));
        Assert.Equal("powersave", _tune.Attribute("cpufreq/policy0/scaling_governor"));
        Assert.Equal("4900000", _tune.Attribute("cpufreq/policy0/scaling_max_freq"));
        Assert.Equal(before[_tune.Root.At(Policy1 + "scaling_governor")].Trim(), _tune.Attribute("cpufreq/policy1/scaling_governor"));
        Assert.False(File.Exists(_tune.Journal));
    }

    [Fact]
    public async Task Should_Roll_Back_When_The_Kernel_Takes_A_Value_And_Ignores_It()
    {
        _tune.Root.IntelPstate();
        File.Delete(_tune.Root.At(FakeCpufreq.Cpu + "intel_pstate/no_turbo"));
        File.CreateSymbolicLink(_tune.Root.At(FakeCpufreq.Cpu + "intel_pstate/no_turbo"), "/proc/self/coredump_filter");

        var code = await _tune.RunAsync("pin");

        Assert.Equal(1, code);
        Assert.Contains("no_turbo", _tune.Output, StringComparison.Ordinal);
        Assert.Equal("powersave", _tune.Attribute("cpufreq/policy0/scaling_governor"));
    }

    [Fact]
    public async Task Should_Change_Nothing_When_User_May_Not_Write()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "needs root and setpriv to become somebody else");
        _tune.Root.IntelPstate();
        Open(_tune.Root.Path);
        Directory.CreateDirectory(_tune.State);
        var before = _tune.Snapshot();

        var code = await _tune.RunThroughAsync(["setpriv", "--reuid=65534", "--clear-groups"], "pin");

        Assert.Equal(5, code);
        Assert.Equal(before, _tune.Snapshot());
        Assert.False(File.Exists(_tune.Journal));
    }

    [Fact]
    public async Task Should_Change_Nothing_When_File_System_Is_Read_Only()
    {
        const string mount = "mount --bind \"$0/sys\" \"$0/sys\" && mount -o remount,bind,ro \"$0/sys\" && exec \"$@\"";
        _tune.Root.IntelPstate();
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && await _tune.RunThroughAsync(["unshare", "-m", "bash", "-c", mount, _tune.Root.Path], "show") == 0,
            "needs root and mount namespaces");
        var before = _tune.Snapshot();

        var code = await _tune.RunThroughAsync(["unshare", "-m", "bash", "-c", mount, _tune.Root.Path], "pin");

        Assert.Equal(5, code);
        Assert.Equal(before, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Change_Nothing_When_The_Old_Values_Cannot_Be_Kept()
    {
        _tune.Root.IntelPstate().With("/state", "a file where a folder should be");
        var before = _tune.Snapshot();

        var code = await _tune.RunAsync("pin");

        Assert.Equal(5, code);
        Assert.Equal(before, _tune.Snapshot());
    }

    [Fact]
    public async Task Should_Change_Nothing_When_Another_One_Is_At_Work()
    {
        _tune.Root.IntelPstate().With("/state/lock", "");
        var before = _tune.Snapshot();
        using var held = new FileStream(Path.Join(_tune.State, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var code = await _tune.RunAsync("pin");

        Assert.Equal(4, code);
        Assert.Contains("another tune-cpu", _tune.Output, StringComparison.Ordinal);
        Assert.Equal(before, _tune.Snapshot());
    }

    public void Dispose() => _tune.Dispose();

    // Only for the name of the CPU does the script call grep, once per policy: the second call is half way.
    private IReadOnlyDictionary<string, string> Killable(string signal = "KILL")
    {
        foreach (var policy in new[] { 0, 1 })
            File.Delete(_tune.Root.At($"{FakeCpufreq.Cpu}cpufreq/policy{policy}/base_frequency"));
        _tune.Replace("grep", $"""
            read -r _ _ _ script _ </proc/$PPID/stat
            [[ $(</proc/$script/comm) == bash ]] || script=$PPID # called by the script itself, or by a subshell of it
            [[ ! -e {_tune.Root.Path}/once ]] || kill -{signal} $script
            touch {_tune.Root.Path}/once
            exec /usr/bin/grep "$@"
            """);
        return _tune.Snapshot();
    }

    private static void Open(string path)
    {
        const UnixFileMode everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, everybody);
    }
}
