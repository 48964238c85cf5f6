using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>Our own guest, which is as little as can be (bench-src/floor): the limit that every other row is held against.</summary>
public abstract class FloorPlatform : GuestPlatform
{
    /// <summary>isa-debug-exit ends QEMU with twice the value written plus one; the guest writes 16 plus the program's exit status.</summary>
    public const int Success = 33;

    private const int Fault = 161;
    private const int NotStarted = 163;

    public override string System => "Floor";

    public override string? Variant => string.Create(CultureInfo.InvariantCulture, $"ring {Ring}");

    public override PlatformRole Role => PlatformRole.Floor;

    public override IReadOnlyList<Image> Images => [Image.Floor, Image.Benchmark];

    /// <summary>Privilege level of the program: 3 or 0.</summary>
    protected abstract int Ring { get; }

    public override QemuCommand Command(GuestSettings settings) =>
        Base(settings, Image.Floor, Image.Benchmark, string.Create(CultureInfo.InvariantCulture, $"ring={Ring} {settings.Benchmark}")) with
        {
            MemoryMiB = 64,
            More = ["-device", "isa-debug-exit,iobase=0xf4,iosize=4"],
        };

    public override string? WhyLacks(SystemCall call) => call.Number == Syscalls.Noop ? null : "the floor guest answers no other call than noop";

    public override string? WhyFailed(int exitCode, BootLog log) => exitCode switch
    {
        Success => log.Failure,
        Fault => "the guest faulted: the console's last line says where",
        NotStarted => "the guest did not start the benchmark: the console's last line says why",
        _ => log.Failure ?? $"QEMU exited with {exitCode}, not with {Success}",
    };
}

/// <summary>Program in ring 3, SYSCALL and SYSRET: the least that a protected kernel could cost.</summary>
public sealed class FloorRing3Platform : FloorPlatform
{
    public override string Name => "floor";

    public override string Summary => "minimal guest, ring 3: the least a protected kernel could cost";

    public override bool IsBase => true;

    protected override int Ring => 3;
}

/// <summary>Program and kernel both in ring 0: the least that a unikernel could cost.</summary>
public sealed class FloorRing0Platform : FloorPlatform
{
    public override string Name => "floor-ring0";

    public override string Summary => "minimal guest, ring 0: the least a unikernel could cost";

    protected override int Ring => 0;
}
