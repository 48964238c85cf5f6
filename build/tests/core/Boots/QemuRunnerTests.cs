using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

/// <summary>A real QEMU, and what goes wrong with one.</summary>
public sealed class QemuRunnerTests(GuestImages guests) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ProcessRunner _processes = new();

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_Say_Its_Version_When_Asked()
    {
        guests.Require();

        var version = await Qemu.VersionAsync(_processes, "qemu-system-x86_64", TestContext.Current.CancellationToken);

        Assert.Matches(@"^\d+\.\d+", version);
    }

    [Theory]
    [InlineData("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)", "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)")]
    [InlineData("QEMU emulator version 10.0.2", "10.0.2")]
    [InlineData("Copyright (c) 2003-2022 Fabrice Bellard and the QEMU Project developers", null)]
    public void Should_Read_The_Version_When_A_Line_Has_One(string line, string? version) => Assert.Equal(version, Qemu.ParseVersion(line));

    [Fact]
    public async Task Should_Talk_To_The_Guest_Before_It_Runs_When_It_Starts_Paused()
    {
        guests.Require();
        var socket = _folder.Path("qmp");
        var command = Endless() with { QmpSocket = socket, StartPaused = true };
        var request = new ProcessRequest(command.Program, command.ToArguments());
        var child = await _processes.StartAsync(request, TestContext.Current.CancellationToken);
        using var qmp = await QmpClient.ConnectAsync(socket, TestContext.Current.CancellationToken);

        var before = await qmp.ExecuteAsync("query-status", default);
        var vcpu = await qmp.QueryVcpuAsync(default);
        await qmp.ExecuteAsync("cont", default);
        var after = await qmp.ExecuteAsync("query-status", default);
        var refused = await Assert.ThrowsAsync<QmpError>(() => qmp.ExecuteAsync("no-such-command", default));
        await qmp.ExecuteAsync("quit", default);
        var result = await child.Completion;

        Assert.Equal("prelaunch", (string?)before!["status"]);
        Assert.Equal("running", (string?)after!["status"]);
        Assert.True(Directory.Exists($"/proc/{child.Pid}/task/{vcpu}") || result.ExitCode == 0);
        Assert.StartsWith("QMP no-such-command: ", refused.Message);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Should_Run_The_Vcpu_On_Its_Cpu_And_The_Rest_Elsewhere_When_Pinned()
    {
        guests.Require();
        var pinning = Pinning.Of(CpuChoice.Of(Topology.Read(new SystemFiles())));
        Assert.SkipWhen(pinning.Cpu is null, pinning.Sentence);
        var seen = new TaskCompletionSource<IReadOnlyList<string>>();

        // The pinned guest runs until its deadline; meanwhile its threads are looked at.
        var exit = Runner().RunAsync(Endless(), pinning, null, TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        string[] wanted = [pinning.Cpu.Value.ToString(CultureInfo.InvariantCulture), CpuList.Format(pinning.Others)];
        _ = Task.Run(() => WatchAffinitiesAsync(seen, wanted));
        var affinities = await seen.Task;
        var result = await exit;

        Assert.True(result.Process.TimedOut);
        Assert.Equal(pinning, result.Pinning);
        Assert.Subset(affinities.ToHashSet(), wanted.ToHashSet());
        Assert.NotNull(result.Facts.InvoluntarySwitches);
    }

    [Fact]
    public async Task Should_End_With_Its_Words_When_Qemu_Refuses_The_Command()
    {
        guests.Require();

        var exit = await Runner().RunAsync(
            Endless() with { Cpu = "no-such-cpu" }, new Pinning(0, [], "CPU 0"), null, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(1, exit.Process.ExitCode);
        Assert.Contains("no-such-cpu", exit.Error);
        Assert.Null(exit.Pinning!.Cpu);
    }

    /// <summary>As a real QEMU does on a KVM internal error: it says so, and stays.</summary>
    [Fact]
    public async Task Should_End_Qemu_At_Once_When_Its_Guest_Cannot_Go_On()
    {
        var qemu = Script("case \"$*\" in *help*) exit 1;; esac; echo 'KVM internal error. Suberror: 1' >&2; echo 'emulation failure' >&2; exec sleep 60");

        var exit = await Runner().RunAsync(Endless() with { Program = qemu }, null, null, TimeSpan.FromSeconds(50), TestContext.Current.CancellationToken);

        Assert.True(exit.Stopped);
        Assert.False(exit.Process.TimedOut);
        Assert.StartsWith("KVM internal error", exit.Error);
    }

    [Fact]
    public async Task Should_Claim_No_Pinning_When_Qemu_Names_A_Thread_Of_Somebody_Else()
    {
        using var other = new ProcessRunner();
        var stranger = await other.StartAsync(new ProcessRequest("sleep", "60"), TestContext.Current.CancellationToken);
        var child = await _processes.StartAsync(new ProcessRequest("sleep", "60"), TestContext.Current.CancellationToken);
        var before = CpuAffinity.Get(stranger.Pid);

        var failure = new Pinning(0, [0], "CPU 0").Apply(child.Pid, stranger.Pid);

        Assert.NotNull(failure);
        Assert.Equal(before, CpuAffinity.Get(stranger.Pid));
        Assert.Null(new Pinning(0, [0], "CPU 0").Apply(stranger.Pid, stranger.Pid));
        Assert.Equal([0], CpuAffinity.Get(stranger.Pid));
        stranger.Kill();
        child.Kill();
    }

    /// <summary>As where QEMU's name is a script, for example one that starts it under another tool.</summary>
    [Fact]
    public async Task Should_Find_The_Vcpu_When_Qemu_Is_Behind_A_Wrapper()
    {
        var wrapper = await _processes.StartAsync(new ProcessRequest("sh", "-c", "sleep 60; exit 0"), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => ProcessTree.Members(wrapper.Pid).Count == 2);
        var qemu = ProcessTree.Members(wrapper.Pid).Single(process => process != wrapper.Pid);

        var failure = new Pinning(0, [0], "CPU 0").Apply(wrapper.Pid, qemu);
        var affinity = CpuAffinity.Get(qemu);
        wrapper.Kill();

        Assert.Null(failure);
        Assert.Equal([0], affinity);
    }

    [Fact]
    public async Task Should_Claim_No_Pinning_When_The_Kernel_Refuses_The_Affinity()
    {
        const int NoCpu = 8000;
        var child = await _processes.StartAsync(new ProcessRequest("sleep", "60"), TestContext.Current.CancellationToken);
        var before = CpuAffinity.Get(child.Pid);

        var failure = new Pinning(NoCpu, [0], "CPU 8000").Apply(child.Pid, child.Pid);
        var after = CpuAffinity.Get(child.Pid);
        child.Kill();

        Assert.NotNull(failure);
        Assert.Equal(before, after);
    }

    private string Script(string body)
    {
        var path = _folder.Write("qemu", "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    private QemuRunner Runner() => new(_processes, new SystemFiles());

    /// <summary>A guest that waits for so many rounds that no test sees its end.</summary>
    private QemuCommand Endless() => new FloorPlatform(3).Command(new GuestSettings(
        Accelerator.Tcg,
        "Skylake-Client-v1",
        new BenchmarkArguments(10_000, 1_000_000_000, 0),
        guests.Images.Paths,
        _folder.Path("a console, with a comma")));

    // One thread is pinned after the other: a look between two sees half of it.
    private async Task WatchAffinitiesAsync(TaskCompletionSource<IReadOnlyList<string>> seen, IReadOnlyList<string> wanted)
    {
        var console = _folder.Path("a console, with a comma");
        IReadOnlyList<string> affinities = [];
        await Eventually.HoldsAsync(() => !wanted.Except(affinities = Affinities(console)).Any());
        seen.SetResult(affinities);
    }

    /// <summary>Affinities of all threads of the QEMU that writes this console.</summary>
    private static IReadOnlyList<string> Affinities(string console)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsDigit(Path.GetFileName(folder)[0])))
        {
            var arguments = new SystemFiles().Read($"{process}/cmdline") ?? "";
            if (arguments.StartsWith("/usr/bin/qemu", StringComparison.Ordinal) && arguments.Contains(console, StringComparison.Ordinal))
            {
                return [.. Directory.EnumerateDirectories($"{process}/task")
                    .SelectMany(task => (new SystemFiles().Read($"{task}/status") ?? "").Split('\n'))
                    .Where(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
                    .Select(line => line.Split('\t')[1])];
            }
        }

        return [];
    }
}
