using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>Our own guest, which is as little as can be (bench-src/floor): the limit that every other row is held against.</summary>
/// <param name="ring">Privilege level of the program: 3, with SYSCALL and SYSRET, or the kernel's own, 0.</param>
public class FloorPlatform(int ring) : GuestPlatform
{
    /// <summary>isa-debug-exit ends QEMU with twice the value written plus one; the guest writes 16 plus the program's exit status.</summary>
    public const int Success = 33;

    private const int Fault = 161;
    private const int NotStarted = 163;

    public override string Name => ring == 3 ? "floor" : "floor-ring0";

    public override string System => "Floor";

    public override string? Variant => $"ring {ring}";

    public override string Summary => $"minimal guest, ring {ring}: the least a {(ring == 3 ? "protected kernel" : "unikernel")} could cost";

    public override PlatformRole Role => PlatformRole.Floor;

    public override bool IsBase => ring == 3;

    public override IReadOnlyList<Image> Images => [Image.Floor, Image.Benchmark];

    public override QemuCommand Command(GuestSettings settings) => Base(settings, Image.Floor, Image.Benchmark, $"ring={ring} {settings.Benchmark}") with
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
