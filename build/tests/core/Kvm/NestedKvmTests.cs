using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Results;
using SyscallBench.Tests.Fixtures;
using SyscallBench.Tests.Results;

namespace SyscallBench.Tests.Kvm;

/// <summary>
/// The way to cycles, on a real KVM: the product's command lines, its QMP, its judgement, its store and its results, with the box's QEMU for QEMU's
/// name. What the guests count as cycles has to be what is counted under TCG
/// (Linux with its mitigations for AMD, which the box's CPU is).
/// </summary>
public sealed class NestedKvmTests(KvmBox box, GuestImages guests) : IClassFixture<KvmBox>, IDisposable
{
    private static readonly Pinning _unpinned = Pinning.None("its threads are the box's");

    // A floor boot takes 10 s of CPU, a Linux boot 25 s; on a busy machine several times as much.
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(3);

    // Loops this short see a tick of the guest's timer seldom. With loops of a thousand calls, two of three rounds had one once, and then ticks count as
    // part of a call.
    private const int Rounds = 9;
    private const int Iterations = 200;

    private readonly TempFolder _folder = new();
    private readonly ProcessRunner _processes = new();

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_Find_That_Kvm_Works_When_A_Guest_Runs_Under_It()
    {
        Require();
        var probe = new KvmProbe(Runner(), guests.Images, box.Qemu, cpu: null, _deadline);

        var answer = await probe.AskAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new KvmAnswer(true, "a guest ran under it"), answer);
    }

    [Theory]
    [InlineData("floor", 5)]
    [InlineData("floor-ring0", 5)]
    [InlineData("unikraft", 77)]
    [InlineData("linux-nomitig", 240)]
    [InlineData("linux", 270)]
    public async Task Should_Measure_As_Many_Cycles_As_Instructions_When_The_Box_Counts_Them(string name, double net)
    {
        Require();
        var platform = new PlatformCatalog().Select(name)[0];
        var images = Images(platform);
        Assert.SkipWhen(platform.Images.Select(images.WhyMissing).FirstOrDefault(why => why is not null) is not null, $"{name} is not built here");
        var parameters = new BootParameters(new BootOptions { Platforms = [platform], Rounds = Rounds, Iterations = Iterations, Deadline = _deadline }, Accelerator.Kvm);
        var booter = new GuestBooter(Runner(), Accelerator.Kvm, images, _folder.Root, box.Qemu, "7.2", _unpinned, new SystemFiles());
        var kind = parameters.Cases()[0];
        var setting = booter.SettingOf(kind, new Dictionary<string, string>());
        var boots = new PlatformBoots(kind, setting, booter, new BootStore(_folder.Root), parameters);

        // One boot of 25 hung in the box, and nobody knows why: MakeAsync boots once more.
        await boots.MakeAsync(new PlannedBoot(kind, 0, 0), "run", _ => { }, TestContext.Current.CancellationToken);
        var record = Assert.Single(boots.Counting);
        var boot = new BootStore(_folder.Root).Counted(record);
        ShouldBeCycles(name, new BootConsole(0, _folder.Path(boot.Log), Hash: boot.LogHash), Rounds, net);
    }

    /// <summary>Consoles of such boots, for where there is no box.</summary>
    [Theory]
    [InlineData("floor", 5)]
    [InlineData("unikraft", 77)]
    [InlineData("linux-nomitig", 240)]
    public void Should_Give_Cycles_And_Nanoseconds_When_A_Captured_Boot_Is_Read(string name, double net) =>
        ShouldBeCycles(name, new BootConsole(0, Captured.PathOf($"{name}-kvm.log")), rounds: 3, net);

    /// <summary>A real QEMU does not exit then: it keeps its guest stopped.</summary>
    [Fact]
    public async Task Should_End_Qemu_And_Say_Why_When_Kvm_Cannot_Go_On()
    {
        Require();

        var exit = await Runner().RunAsync(await StuckAsync(), _unpinned, null, _deadline, TestContext.Current.CancellationToken);

        Assert.True(exit.Stopped);
        Assert.False(exit.Process.TimedOut);
        Assert.StartsWith("KVM internal error", exit.Error);
    }

    [Fact]
    public async Task Should_Hear_Of_The_State_Through_Qmp_When_Kvm_Cannot_Go_On()
    {
        Require();
        var command = await StuckAsync() with { QmpSocket = _folder.Path("qmp"), StartPaused = true };
        var request = new ProcessRequest(command.Program, command.ToArguments()) { Deadline = _deadline };
        var child = await _processes.StartAsync(request, TestContext.Current.CancellationToken);

        using var qmp = await QmpClient.ConnectAsync(command.QmpSocket, TestContext.Current.CancellationToken);
        await qmp.ExecuteAsync("cont", TestContext.Current.CancellationToken);
        var state = await qmp.WaitForStopAsync(TestContext.Current.CancellationToken);
        await qmp.ExecuteAsync("quit", TestContext.Current.CancellationToken);
        var result = await child.Completion;

        Assert.Equal("internal-error", state);
        Assert.Equal(0, result.ExitCode);
    }

    private void ShouldBeCycles(string name, BootConsole console, int rounds, double net)
    {
        var facts = PlatformParser.Parse(name, [console], _folder.Root);
        var document = new ResultsFixture { Unit = Unit.Cycles }
            .Platform(name, change: input => input with { Facts = facts }, samples: SampleCsv.Read(PlatformParser.SamplesPath(_folder.Root, name)))
            .Build("kvm");

        var row = ResultsFixture.Row(document, name, Call.Scall);
        Assert.Equal((Unit.Cycles, rounds, net), (row.Unit, row.Samples + row.Disturbed, row.Net?.Median));
        Assert.NotNull(row.Nanoseconds);
    }

    private void Require()
    {
        guests.Require();
        box.Require();
    }

    private async Task<QemuCommand> StuckAsync()
    {
        var elf = _folder.Path("stuck.elf");
        var source = Path.Combine(SourceTree.Root, "build", "tests", "core", "Kvm", "stuck.S");
        var gcc = await _processes.RunAsync(
            new ProcessRequest("gcc", "-nostdlib", "-static", "-Wl,-Ttext=0x100000,--build-id=none,-e,start", "-o", elf, source), TestContext.Current.CancellationToken);
        Assert.True(gcc.Succeeded, gcc.Describe());
        return new QemuCommand { Program = box.Qemu, Accelerator = Accelerator.Kvm, Cpu = Accelerator.Kvm.DefaultCpu(), Kernel = elf, Serial = _folder.Path("console") };
    }

    private QemuRunner Runner() => new(_processes, new SystemFiles());

    private ImageSet Images(Platform platform)
    {
        var workspace = new Workspace(SourceTree.Root);
        var images = new ImageSet()
            .Add(Image.Benchmark, guests.Images.Paths[Image.Benchmark])
            .Add(Image.Floor, guests.Images.Paths[Image.Floor])
            .Add(Image.Unikernel(""), workspace.Unikernel(""));
        return platform.Images.Contains(Image.Kernel)
            ? images.Add(Image.Kernel, guests.RequireKernel()).Add(Image.Initramfs, guests.Initramfs())
            : images;
    }
}
