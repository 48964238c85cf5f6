using System.Text;
using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

/// <summary>Real boots of the floor guest under TCG.</summary>
public sealed class BootSessionTests(GuestImages guests) : IDisposable
{
    // A boot of the floor.
    private static readonly string Works = $"for word; do case $word in file:*) cp '{Captured.PathOf("floor.log")}' \"${{word#file:}}\";; esac; done; exit 33";

    private readonly SessionFixture _fixture = new(guests.Images);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Count_The_Same_When_The_Floor_Is_Booted_Twice()
    {
        guests.Require();

        var run = await _fixture.RunAsync(_fixture.Options("floor,floor-ring0") with { Runs = 2 });

        Assert.All(run.Platforms, platform => Assert.Null(platform.Reason));
        Assert.All(run.Platforms, platform => Assert.Equal([0, 1], platform.Boots.Select(boot => boot.Boot)));
        Assert.Equal(_fixture.Log("floor", 0), _fixture.Log("floor", 1));
        Assert.Equal(_fixture.Log("floor-ring0", 0), _fixture.Log("floor-ring0", 1));
        Assert.Contains("round n=0 tsc=5 empty=305 scall=805 fcall=605 interrupted=0", _fixture.Log("floor", 0));
    }

    /// <summary>A broken QEMU may have the name and the version of the one that worked.</summary>
    [Fact]
    public async Task Should_Try_Kvm_Anew_When_The_Program_Behind_Qemus_Name_Is_Another()
    {
        guests.Require();
        Assert.SkipWhen(KvmDevice.Read().WhyClosed is not null, KvmDevice.Read().WhyClosed ?? "");
        var options = _fixture.Options("floor") with { Accelerator = null, QemuProgram = Qemu(Works) };
        var whole = await _fixture.ChooseAsync(options);

        Qemu("echo 'no guest today' >&2; exit 1");
        var broken = await _fixture.ChooseAsync(options);

        Assert.Equal((Accelerator.Kvm, Accelerator.Tcg), (whole.Accelerator, broken.Accelerator));
    }

    [Fact]
    public async Task Should_Count_The_Second_Attempt_When_The_First_Hangs()
    {
        guests.Require();
        var qemu = Qemu($"if mkdir tried 2>/dev/null; then exec sleep 600; fi\n{Works}");

        var run = await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 1, Iterations = 1000, QemuProgram = qemu, Deadline = TimeSpan.FromSeconds(3) });

        Assert.Single(run.Platforms[0].Boots);
        var hung = Assert.Single(run.Platforms[0].FailedBoots);
        Assert.Equal(1, hung.Attempt);
        Assert.Contains("deadline", hung.Reason, StringComparison.Ordinal);
        Assert.Null(run.Failure);
    }

    [Fact]
    public async Task Should_Name_The_Signal_On_Every_Platform_When_Qemu_Crashes()
    {
        guests.Require();
        var images = new ImageSet();
        foreach (var image in new[] { Image.Floor, Image.Benchmark, Image.Unikernel(""), Image.Kernel, Image.Initramfs })
            images.Add(image, _fixture.Write(image.Name, "an image"));

        var run = await _fixture.RunAsync(
            _fixture.Options("floor,floor-ring0,unikraft,linux,linux-nomitig") with { Runs = 1, QemuProgram = Qemu("echo 'Bus error in a device' >&2; kill -SEGV $$") }, images);

        Assert.Equal(5, run.Platforms.Count);
        Assert.All(run.Platforms, platform => Assert.Contains("SIGSEGV", platform.Reason, StringComparison.Ordinal));
        Assert.All(run.Platforms, platform => Assert.Contains("Bus error in a device", platform.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Boot_Only_What_Is_Gone_When_One_Log_Is_Deleted()
    {
        guests.Require();
        var options = _fixture.Options("floor") with { Runs = 3 };
        await _fixture.RunAsync(options);
        File.Delete(_fixture.LogPath("floor", 1));
        _fixture.Progress.Started.Clear();

        var run = await _fixture.RunAsync(options);

        Assert.Equal(["floor boot 1: its console log is gone or was changed"], _fixture.Progress.Started);
        Assert.Equal([0, 1, 2], run.Platforms[0].Boots.Select(boot => boot.Boot));
    }

    /// <summary>QEMU has 18 MB, which no run is to read whose QEMU is the last one's.</summary>
    [Fact]
    public async Task Should_Remember_Qemus_Hash_When_A_Guest_Was_Booted()
    {
        guests.Require();

        await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 1 });

        Assert.Contains("/qemu-system-x86_64\"", File.ReadAllText(Path.Combine(_fixture.Workspace.State, "hashes.json")), StringComparison.Ordinal);
    }

    /// <summary>Else a core is idle at the end, while another has a long boot yet.</summary>
    [Fact]
    public async Task Should_Start_The_Largest_First_When_Instructions_Are_Counted()
    {
        var images = new ImageSet()
            .Add(Image.Floor, _fixture.Write("floor.elf", "small")).Add(Image.Benchmark, _fixture.Write("benchmark", "small"))
            .Add(Image.Kernel, _fixture.Write("bzImage", new string('k', 1000))).Add(Image.Initramfs, _fixture.Write("initramfs", "small"));

        await _fixture.RunAsync(_fixture.Options("floor,linux") with { Runs = 2, Jobs = 1, QemuProgram = Qemu("exit 1") }, images);

        Assert.Equal(["linux", "linux", "floor", "floor"], _fixture.Progress.Started.Select(boot => boot.Split(' ')[0]));
    }

    [Fact]
    public async Task Should_Boot_Again_When_A_Parameter_Changed()
    {
        guests.Require();
        await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 1 });
        _fixture.Progress.Started.Clear();

        await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 1, Iterations = 2000 });

        Assert.Equal(["floor boot 0: --iters was 100, is 2000"], _fixture.Progress.Started);
    }

    [Fact]
    public async Task Should_Find_The_Old_Boots_And_Who_Made_Them_When_An_Option_Goes_And_Comes_Back()
    {
        guests.Require();
        var options = _fixture.Options("floor") with { Runs = 2, Seed = 7 };
        var first = await _fixture.RunAsync(options);
        await _fixture.RunAsync(options with { Rounds = 21, Seed = 8 });
        _fixture.Progress.Started.Clear();

        var again = await _fixture.RunAsync(options with { Seed = 9 });

        Assert.Empty(_fixture.Progress.Started);
        Assert.Equal(first.Platforms[0].Boots, again.Platforms[0].Boots);
        Assert.Equal((first.Id, 7UL), (again.Id, again.Seed));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_fixture.Workspace.RawEvaluation, "floor")).Length);
    }

    [Fact]
    public async Task Should_Boot_Every_Model_And_Find_The_Boots_Of_Each_Again_When_There_Are_Two()
    {
        guests.Require();
        var options = _fixture.Options("floor,floor-ring0") with { Runs = 2, Cpus = ["Skylake-Client-v1", "EPYC-v1"] };

        var run = await _fixture.RunAsync(options);

        Assert.Equal(
            ["floor Skylake-Client-v1", "floor-ring0 Skylake-Client-v1", "floor EPYC-v1", "floor-ring0 EPYC-v1"],
            run.Platforms.Select(platform => $"{platform.Platform} {platform.Setting?.Cpu}"));
        Assert.All(run.Platforms, platform => Assert.Equal(2, platform.Boots.Count));
        Assert.All(run.Plan.Chunk(4), block => Assert.Equal(4, block.Select(step => step.Setting).Distinct().Count()));

        _fixture.Progress.Started.Clear();
        await _fixture.RunAsync(options with { Cpus = ["EPYC-v1"] });
        var again = await _fixture.RunAsync(options);
        Assert.Empty(_fixture.Progress.Started);
        Assert.Equal((8, run.GuestCpu), (again.Plan.Count, again.GuestCpu));
    }

    [Fact]
    public async Task Should_Boot_Every_Kernel_In_Turn_And_Find_The_Boots_Of_Each_Again()
    {
        guests.Require();
        var options = _fixture.Options("floor") with { Platforms = [new FloorPlatform(3), new FloorAsKernel()], Runs = 2, Kernels = ["6.1", "6.12", "7.2"] };
        var images = new ImageSet().AddMissing(Image.KernelOf("7.2"), "it does not compile");
        foreach (var (image, path) in guests.Images.Paths)
            images.Add(image, path);
        var floor = await File.ReadAllBytesAsync(guests.Images.Paths[Image.Floor], TestContext.Current.CancellationToken);
        foreach (var kernel in options.Kernels.SkipLast(1))
        {
            // The same guest, and another file.
            var path = _fixture.Write($"{kernel}.elf", "");
            await File.WriteAllBytesAsync(path, [.. floor, .. Encoding.UTF8.GetBytes(kernel)], TestContext.Current.CancellationToken);
            images.Add(Image.KernelOf(kernel), path);
        }

        var run = await _fixture.RunAsync(options, images);

        Assert.Equal([("floor", null, 2), ("kernel", "6.1", 2), ("kernel", "6.12", 2), ("kernel", "7.2", 0)], run.Platforms.Select(platform => (platform.Platform, platform.Kernel, platform.Boots.Count)));
        Assert.All(run.Plan.Chunk(3), block => Assert.Equal(3, block.Select(step => (step.Platform, step.Setting)).Distinct().Count()));
        Assert.Equal("Linux 7.2: it does not compile", run.Platforms[3].Reason);
        Assert.Equal(Sha256.OfFile(images.Paths[Image.KernelOf("6.12")]), run.Platforms[2].Setting!.Hashes["kernel"]);
        Assert.Contains("kernel 6.12", run.Hashes.Keys);

        // Alone it is the same setting.
        _fixture.Progress.Started.Clear();
        var alone = await _fixture.RunAsync(options with { Kernels = ["6.12"] }, images);
        Assert.Empty(_fixture.Progress.Started);
        Assert.Equal(run.Platforms[2].SettingName, alone.Platforms[1].SettingName);
        Assert.Contains("kernel", alone.Hashes.Keys);
    }

    /// <summary>Boots the floor guest where Linux boots a kernel.</summary>
    private sealed class FloorAsKernel() : FloorPlatform(3)
    {
        public override string Name => "kernel";

        public override IReadOnlyList<Image> Images => [Image.Kernel, Image.Benchmark];

        public override QemuCommand Command(GuestSettings settings) =>
            base.Command(settings with { Images = settings.Images.Append(KeyValuePair.Create(Image.Floor, settings.Images[Image.Kernel])).ToDictionary() });
    }

    [Fact]
    public async Task Should_Measure_The_Calls_That_A_Platform_Has_And_Not_Fail_For_The_Others()
    {
        guests.Require();
        var options = _fixture.Options("floor") with { Runs = 1, Required = ["floor"], Calls = [.. Syscalls.Measured.Take(2)] };

        var run = await _fixture.RunAsync(options);

        Assert.Equal([("noop", 1), ("getppid", 0)], run.Platforms.Select(platform => (platform.SystemCall, platform.Boots.Count)));
        Assert.NotNull(run.Platforms[1].Reason);
        Assert.Null(run.Failure);
        var forecast = BootForecast.Of(options with { Runs = 3 }, _fixture.Workspace.RawEvaluation);
        Assert.Equal((1, 3), (forecast.Settings, forecast.Boots));
        Assert.NotNull(forecast.Time);
        Assert.Null(BootForecast.Of(options with { Iterations = 7 }, _fixture.Workspace.RawEvaluation).Time);
    }

    [Fact]
    public void Should_Refuse_More_Settings_Than_An_Evening_Has() => Assert.Throws<UsageError>(() =>
        (_fixture.Options("floor,floor-ring0") with { Cpus = [.. Enumerable.Range(0, BootOptions.MostSettings).Select(number => $"cpu{number}")] }).Validated());

    [Fact]
    public async Task Should_Measure_Once_When_A_Platform_Does_Not_Depend_On_The_Model()
    {
        guests.Require();

        var run = await _fixture.RunAsync(_fixture.Options("floor,host") with { Runs = 1, Rounds = 2, Cpus = ["Skylake-Client-v1", "EPYC-v1"] });

        Assert.Equal(["floor", "host", "floor"], run.Platforms.Select(platform => platform.Platform));
    }

    [Fact]
    public async Task Should_Say_What_Is_Planned_And_Done_When_It_Is_Interrupted_Between_Boots()
    {
        guests.Require();
        using var cancellation = new CancellationTokenSource();
        _fixture.Progress.AfterBoot = cancellation.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.RunAsync(_fixture.Options("floor") with { Runs = 3, Jobs = 1 }, cancellation: cancellation.Token));

        var record = RunRecord.Read(_fixture.Workspace.RawEvaluation);
        Assert.Equal(3, record.Plan.Count);
        Assert.Single(record.Platforms[0].Boots);
    }

    [Fact]
    public async Task Should_Boot_Nothing_And_Leave_Surplus_Out_When_Fewer_Runs_Are_Asked_For()
    {
        guests.Require();
        await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 3 });
        _fixture.Progress.Started.Clear();

        var run = await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 2 });

        Assert.Empty(_fixture.Progress.Started);
        Assert.Equal(("test", 1), (run.Origin.Program, _fixture.TimesAsked));
        Assert.Equal([0, 1], run.Platforms[0].Boots.Select(boot => boot.Boot));
        Assert.Equal([0, 1], RunRecord.Read(_fixture.Workspace.RawEvaluation).Platforms[0].Boots.Select(boot => boot.Boot));
    }

    [Fact]
    public async Task Should_Keep_The_Console_And_Go_On_When_A_Platform_Fails()
    {
        guests.Require();

        // The floor's own loader refuses an ELF that is none.
        var broken = new ImageSet().Add(Image.Floor, guests.Images.Paths[Image.Floor]).Add(Image.Benchmark, _fixture.Write("broken", "no ELF"));
        var run = await _fixture.RunAsync(_fixture.Options("floor,floor-ring0") with { Runs = 2 }, broken);

        Assert.All(run.Platforms, platform => Assert.True(platform.Failed));
        Assert.Equal(8, _fixture.Progress.Finished.Count);
        Assert.Equal([(0, 1), (0, 2), (1, 1), (1, 2)], run.Platforms[0].FailedBoots.Select(boot => (boot.Boot, boot.Attempt)));
        Assert.All(run.Platforms[0].FailedBoots, boot => Assert.Contains("floor: not started", File.ReadAllText(Path.Combine(_fixture.Workspace.RawEvaluation, boot.Log))));

        // One cause, said once.
        Assert.Equal(2, run.Failure!.Split(run.Platforms[0].Reason!).Length);
    }

    [Fact]
    public async Task Should_Count_The_Same_When_Boots_Are_Made_Side_By_Side()
    {
        guests.Require();
        using var other = new SessionFixture(guests.Images);
        const string Platforms = "floor,floor-ring0,host";

        var alone = await _fixture.RunAsync(_fixture.Options(Platforms) with { Runs = 3, Jobs = 1 });
        var together = await other.RunAsync(other.Options(Platforms) with { Runs = 3, Jobs = 4 });

        Assert.Equal(alone.Plan, together.Plan);
        Assert.All(together.Platforms, platform => Assert.Equal([0, 1, 2], platform.Boots.Select(boot => boot.Boot)));
        Assert.Equal(Counted(alone), Counted(together));
        Assert.True(other.Progress.MostAtOnce > 1);
        Assert.All(other.Progress.Finished.TakeLast(3), record => Assert.Equal("host", record.Setting.Platform));
        Assert.False(Overlap(other.Progress.Finished.TakeLast(4)));

        static IEnumerable<(string, int, string)> Counted(RunRecord run) =>
            run.Platforms.Where(platform => platform.Unit == Unit.Instructions).SelectMany(platform => platform.Boots, (platform, boot) => (platform.Platform, boot.Boot, boot.LogHash));

        static bool Overlap(IEnumerable<BootRecord> boots) => boots.Zip(boots.Skip(1)).Any(pair => pair.Second.Started < pair.First.Finished);
    }

    [Fact]
    public async Task Should_Try_Each_Again_When_Two_Boots_Fail_At_Once()
    {
        guests.Require();
        var broken = new ImageSet().Add(Image.Floor, guests.Images.Paths[Image.Floor]).Add(Image.Benchmark, _fixture.Write("broken", "no ELF"));

        var run = await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 2, Jobs = 2 }, broken);

        Assert.Equal(2, _fixture.Progress.MostAtOnce);
        Assert.Equal([(0, 1), (0, 2), (1, 1), (1, 2)], run.Platforms[0].FailedBoots.Select(boot => (boot.Boot, boot.Attempt)));
        Assert.Equivalent(run.Platforms[0].FailedBoots, RunRecord.Read(_fixture.Workspace.RawEvaluation).Platforms[0].FailedBoots);
    }

    [Fact]
    public async Task Should_Say_The_Reason_And_The_Remedy_When_An_Image_Is_Missing()
    {
        guests.Require();
        var images = new ImageSet().AddMissing(Image.Unikernel(""), "GitHub does not answer; use --mirror=DIR");
        foreach (var (image, path) in guests.Images.Paths)
            images.Add(image, path);

        var run = await _fixture.RunAsync(_fixture.Options("floor,unikraft,linux") with { Runs = 1 }, images);

        Assert.Equal(["floor", "unikraft", "linux"], run.Platforms.Select(platform => platform.Platform));
        Assert.Equal([null, "GitHub does not answer; use --mirror=DIR", "its kernel is not built; run --target=BuildKernel"], run.Platforms.Select(platform => platform.Reason));
        Assert.All(run.Platforms, platform => Assert.False(platform.Failed));
    }

    [Fact]
    public async Task Should_Run_The_Same_Binary_When_The_Host_Is_Asked_For()
    {
        guests.Require();

        var run = await _fixture.RunAsync(_fixture.Options("host") with { Runs = 1, Rounds = 2 });

        Assert.Null(run.Platforms[0].Reason);
        Assert.Equal(Unit.Cycles, run.Platforms[0].Unit);
        Assert.Equal("ENOSYS path", run.Platforms[0].ScallNote);
        Assert.Contains("begin rounds=2 iters=10000 warmup=1 nr=500 expect=-38", _fixture.Log("host", 0));
        Assert.NotNull(_fixture.Progress.Finished[0].Facts.InvoluntarySwitches);
        Assert.NotNull(run.Platforms[0].Setting?.Machine?.Kernel);
    }

    /// <summary>A program that answers what is asked before the first boot as QEMU does.</summary>
    private string Qemu(string boot)
    {
        var path = _fixture.Write("qemu", $"#!/bin/sh\ncase \"$*\" in --version) echo 'QEMU emulator version 7.2.22'; exit;; *help*) exit 1;; esac\n{boot}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
