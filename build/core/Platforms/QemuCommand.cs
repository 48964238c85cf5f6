namespace SyscallBench.Platforms;

/// <summary>One QEMU, as data. <see cref="ToArguments"/> makes the exact argument list of it.</summary>
public sealed record QemuCommand
{
    /// <summary>As Debian names it.</summary>
    public const string DefaultProgram = "qemu-system-x86_64";

    public string Program { get; init; } = DefaultProgram;

    /// <summary>The kernel refuses QEMU every system call that booting a guest does not need. Not every QEMU was built with it.</summary>
    public bool Sandbox { get; init; }

    public required Accelerator Accelerator { get; init; }

    /// <summary>CPU model with its properties, as QEMU's <c>-cpu</c> takes it.</summary>
    public required string Cpu { get; init; }

    public int MemoryMiB { get; init; } = 256;

    /// <summary>What is booted: a bzImage, or an ELF with a PVH note or a multiboot header.</summary>
    public required string Kernel { get; init; }

    /// <summary>Initial RAM disk, or the multiboot module, whose name QEMU cuts at spaces and commas.</summary>
    public string? Initrd { get; init; }

    public string? Append { get; init; }

    /// <summary>File that the first serial port writes, byte for byte.</summary>
    public required string Serial { get; init; }

    /// <summary>Further arguments, as they are: devices.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>Where the guest's random numbers start under instruction counting; without it they are the host's.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Unix socket for QMP; at most 107 bytes, or the kernel refuses it. Null for no QMP.</summary>
    public string? QmpSocket { get; init; }

    /// <summary>The guest waits for QMP's <c>cont</c> before its first instruction.</summary>
    public bool StartPaused { get; init; }

    public static IReadOnlyList<string> SandboxArguments { get; } = ["-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"];

    /// <summary>The arguments, in an order that does not change.</summary>
    public IReadOnlyList<string> ToArguments() =>
    [
        "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
        .. Sandbox ? SandboxArguments : [],
        .. AcceleratorArguments(),
        "-cpu", Cpu,
        "-smp", "1",
        "-m", $"{MemoryMiB}M",
        "-serial", $"file:{Serial}",
        .. More,
        // QEMU's option syntax ends a value at a comma, unless it is doubled.
        .. QmpSocket is null ? (string[])[] : ["-qmp", $"unix:{QmpSocket.Replace(",", ",,", StringComparison.Ordinal)},server=on,wait=off"],
        .. StartPaused ? (string[])["-S"] : [],
        "-kernel", Kernel,
        .. Initrd is null ? (string[])[] : ["-initrd", Initrd],
        .. Append is null ? (string[])[] : ["-append", Append],
    ];

    // Under TCG everything a guest could see of the host is fixed as well (the clock of day, the random numbers of RDRAND and of the boot
    // loader's seed), so that two boots are the same to the last instruction.
    private string[] AcceleratorArguments() => Accelerator == Accelerator.Kvm
        ? ["-accel", "kvm"]
        : ["-accel", "tcg", "-icount", "shift=0,sleep=off", "-rtc", "base=2021-04-26T00:00:00,clock=vm", "-seed", Seed.ToString(CultureInfo.InvariantCulture)];
}
