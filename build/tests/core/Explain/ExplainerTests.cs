using SyscallBench.Explain;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Steps;
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

        var path = await Explainer(guests.Images).ExplainAsync(new FloorRing3Platform(), Cancellation);

        Assert.Equal(5, path.Total);
        Assert.Equal(["syscall", "cmp $0x1f4,%rax", "jne syscall_from_ring3+0x40", "mov $0xc0ffee,%eax", "sysretq"], path.Steps.Select(step => step.Text));
        Assert.Equal(
            [Categories.EntryAndExit, Categories.Dispatch, Categories.Dispatch, Categories.Call, Categories.EntryAndExit],
            path.Steps.Select(step => step.Category));
    }

    [Fact]
    public async Task Should_Show_The_Same_Path_When_The_Floor_Is_Traced_Again()
    {
        guests.Require();

        var first = await Explainer(guests.Images).ExplainAsync(new FloorRing0Platform(), Cancellation);
        var second = await Explainer(guests.Images).ExplainAsync(new FloorRing0Platform(), Cancellation);

        Assert.Equal(["syscall", "cmp $0x1f4,%rax", "jne syscall_from_ring0+0x40", "mov $0xc0ffee,%eax", "jmp *%rcx"], first.Steps.Select(step => step.Text));
        Assert.Equal(first.Steps, second.Steps);
    }

    [Fact]
    public async Task Should_Give_A_Path_Up_When_It_Is_Longer_Than_The_Bound()
    {
        guests.Require();
        var guest = await TracedGuest.StartAsync(_processes, new FloorRing3Platform(), Settings(), guests.Images.Paths[Image.Benchmark], TimeSpan.FromMinutes(1), Cancellation);
        await using (guest)
            await Assert.ThrowsAsync<UserError>(() => guest.TraceAsync(4, Cancellation));
    }

    [Fact]
    public async Task Should_Say_So_When_The_Guest_Never_Makes_The_Call()
    {
        guests.Require();
        var settings = Settings() with { Benchmark = new BenchmarkArguments(5, 1000, 1) { SystemCall = -1 } };

        var error = await Assert.ThrowsAsync<UserError>(
            () => TracedGuest.StartAsync(_processes, new FloorRing3Platform(), settings, guests.Images.Paths[Image.Benchmark], TimeSpan.FromMinutes(1), Cancellation));

        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Should_Explain_Linux_When_A_Kernel_Is_Here()
    {
        guests.Require();
        var kernel = guests.RequireKernel();
        var images = new ImageSet().Add(Image.Benchmark, guests.Images.Paths[Image.Benchmark]).Add(Image.Kernel, kernel).Add(Image.Initramfs, guests.Initramfs());

        var first = await Explainer(images).ExplainAsync(new LinuxDefaultPlatform(), Cancellation);
        var second = await Explainer(images).ExplainAsync(new LinuxDefaultPlatform(), Cancellation);

        Assert.Equal("entry_SYSCALL_64", first.Steps[1].Function);
        Assert.Equal(first.Steps, second.Steps);
    }

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    private Explainer Explainer(ImageSet images) => new(_processes, images, new FileHasher(Path.Combine(_folder.Root, "hashes.json")), Cpu, "qemu-system-x86_64");

    private GuestSettings Settings() => new()
    {
        Accelerator = Accelerator.Tcg,
        Cpu = Cpu,
        Benchmark = new BenchmarkArguments(5, 1000, 1),
        Images = guests.Images.Paths,
        Console = "",
    };
}
