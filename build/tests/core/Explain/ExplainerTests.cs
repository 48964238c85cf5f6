using SyscallBench.Explain;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Tests.Reports;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Explain;

/// <summary>Real guests under TCG, stepped instruction by instruction.</summary>
public sealed class ExplainerTests(GuestImages guests) : IDisposable
{
    private const string Cpu = "Skylake-Client-v1";

    private readonly ProcessRunner _processes = new();
    private readonly TemporaryWorkspace _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_Show_Each_Of_The_Floors_Five_Instructions()
    {
        guests.Require();

        var path = await ExplainAsync(guests.Images, new FloorPlatform(3));

        Assert.Equal(5, path.Total);
        Assert.Equal(["syscall", "cmp $0x1f4,%rax", "jne syscall_from_ring3+0x40", "mov $0xc0ffee,%eax", "sysretq"], path.Steps.Select(step => step.Text));
        Assert.Equal(
            [Category.EntryAndExit, Category.Dispatch, Category.Dispatch, Category.TheCallItself, Category.EntryAndExit],
            path.Steps.Select(step => step.Category));
    }

    [Fact]
    public async Task Should_Show_The_Same_Path_When_The_Floor_Is_Traced_Again()
    {
        guests.Require();

        var first = await Explainer(guests.Images).TraceAsync(new FloorPlatform(0), Cancellation);
        var second = await Explainer(guests.Images).TraceAsync(new FloorPlatform(0), Cancellation);

        Assert.Equal(["syscall", "cmp $0x1f4,%rax", "jne syscall_from_ring0+0x40", "mov $0xc0ffee,%eax", "jmp *%rcx"], first.Steps.Select(step => step.Text));
        Assert.Equal(first.Steps, second.Steps);
    }

    [Fact]
    public async Task Should_Trace_Again_Only_When_Something_Changed()
    {
        guests.Require();
        GuestPlatform[] platforms = [new FloorPlatform(3), new FloorPlatform(0)];

        var first = await Explainer(guests.Images).RunAsync(platforms, Cancellation);
        var again = await Explainer(guests.Images).RunAsync(platforms, Cancellation);
        var other = await new Explainer(_folder.Workspace, _processes, guests.Images, "EPYC-v1").RunAsync(platforms, Cancellation);
        var back = await Explainer(guests.Images).RunAsync(platforms, Cancellation);

        Assert.Equal((false, true, false, true), (first.Step.UpToDate, again.Step.UpToDate, other.Step.UpToDate, back.Step.UpToDate));
        Assert.Equal(first.Explanation.Paths[0].Steps, again.Explanation.Paths[0].Steps);
        Assert.All(other.Explanation.Paths, path => Assert.Equal("EPYC-v1", path.Cpu));
    }

    [Fact]
    public async Task Should_Fail_On_The_Platform_When_Its_Path_Is_Not_As_Long_As_Was_Measured()
    {
        guests.Require();
        GuestPlatform[] platforms = [new FloorPlatform(3), new FloorPlatform(0)];
        var path = await Explainer(guests.Images).TraceAsync(platforms[0], Cancellation);

        var outcome = await new Explainer(_folder.Workspace, _processes, guests.Images, Cpu) { Measured = SampleExplanation.DocumentOf(path with { Total = 6 }) }.RunAsync(platforms, Cancellation);

        Assert.Equal("floor-ring0", Assert.Single(outcome.Explanation.Paths).Platform);
        var failure = Assert.Single(outcome.Failures);
        Assert.Equal("floor", failure.Subject);
        Assert.Contains("1 fewer than the 6", failure.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Give_A_Path_Up_When_It_Is_Longer_Than_The_Bound()
    {
        guests.Require();
        var guest = await TracedGuest.StartAsync(_processes, new FloorPlatform(3), Settings(), guests.Images.Paths[Image.Benchmark], TimeSpan.FromMinutes(1), Cancellation);
        await using (guest)
            await Assert.ThrowsAsync<UserError>(() => guest.TraceAsync(4, Cancellation));
    }

    [Fact]
    public async Task Should_Say_So_When_The_Guest_Never_Makes_The_Call()
    {
        guests.Require();
        var settings = Settings() with { Benchmark = new BenchmarkArguments(5, 1000, 1) { SystemCall = -1 } };

        var error = await Assert.ThrowsAsync<UserError>(
            () => TracedGuest.StartAsync(_processes, new FloorPlatform(3), settings, guests.Images.Paths[Image.Benchmark], TimeSpan.FromMinutes(1), Cancellation));

        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Should_Explain_Linux_When_A_Kernel_Is_Here()
    {
        guests.Require();
        var kernel = guests.RequireKernel();
        var images = new ImageSet().Add(Image.Benchmark, guests.Images.Paths[Image.Benchmark]).Add(Image.Kernel, kernel).Add(Image.Initramfs, guests.Initramfs());

        var first = await ExplainAsync(images, new LinuxPlatform(Mitigations.On));
        var second = await Explainer(images).TraceAsync(new LinuxPlatform(Mitigations.On), Cancellation);

        Assert.Equal("entry_SYSCALL_64", first.Steps[1].Function);
        Assert.Equal(first.Steps, second.Steps);
    }

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    /// <summary>Names from the kernel's own memory: nothing lies beside these images. <c>SYSCALL_BENCH_STOCK_KERNELS</c> has their paths, with colons between.</summary>
    [Fact]
    public async Task Should_Name_The_Path_Of_A_Kernel_That_Came_Without_Symbols()
    {
        guests.Require();
        var kernels = Environment.GetEnvironmentVariable("SYSCALL_BENCH_STOCK_KERNELS")?.Split(':') ?? [];
        Assert.SkipWhen(kernels.Length == 0, "SYSCALL_BENCH_STOCK_KERNELS names no kernel of a distribution");

        foreach (var kernel in kernels)
        {
            var images = new ImageSet().Add(Image.Benchmark, guests.Images.Paths[Image.Benchmark]).Add(Image.Kernel, kernel).Add(Image.Initramfs, guests.Initramfs());
            var outcome = await new Explainer(_folder.Workspace, _processes, images, Cpu) { Call = (110, "any") }.RunAsync([new LinuxPlatform(Mitigations.On)], Cancellation);

            Assert.Equal([], outcome.Failures);
            var path = Assert.Single(outcome.Explanation.Paths);
            Assert.Equal("entry_SYSCALL_64", path.Steps[1].Function);
            Assert.Contains(path.Functions, function => function.Name.EndsWith("sys_getppid", StringComparison.Ordinal));
            TestContext.Current.SendDiagnosticMessage($"{kernel}: {string.Join('\n', ExplanationText.Summary(outcome.Explanation, path))}");
        }
    }

    /// <summary>A path that is as long as a boot of its own counts.</summary>
    private async Task<ExplainedPath> ExplainAsync(ImageSet images, GuestPlatform platform)
    {
        var outcome = await Explainer(images).RunAsync([platform], Cancellation);
        Assert.Equal([], outcome.Failures);
        return Assert.Single(outcome.Explanation.Paths);
    }

    private Explainer Explainer(ImageSet images) => new(_folder.Workspace, _processes, images, Cpu);

    private GuestSettings Settings() => new(Accelerator.Tcg, Cpu, new BenchmarkArguments(5, 1000, 1), guests.Images.Paths, "");
}
