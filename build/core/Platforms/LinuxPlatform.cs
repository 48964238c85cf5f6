using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>Linux with the benchmark as its only program, PID 1. When that exits the kernel panics, which is how every boot ends.</summary>
public class LinuxPlatform(Mitigations mitigations) : GuestPlatform
{
    protected bool IsMitigated => mitigations != Mitigations.Off;

    public override string Name => IsMitigated ? "linux" : "linux-nomitig";

    public override string System => "Linux";

    public override string? Variant => IsMitigated ? null : "no mitigations";

    public override string Summary => $"Linux guest, mitigations{(IsMitigated ? " on" : "=off")}";

    public override PlatformRole Role => PlatformRole.Baseline;

    public override Mitigations Mitigations => mitigations;

    public override IReadOnlyList<Image> Images => [Kernel, Image.Initramfs];

    protected virtual Image Kernel => Image.Kernel;

    /// <summary>Value of the kernel's <c>mitigations=</c>.</summary>
    protected virtual string MitigationsArgument => IsMitigated ? "auto" : "off";

    public override QemuCommand Command(GuestSettings settings)
    {
        // panic=-1 restarts at once, which -no-reboot turns into QEMU's end. Under instruction counting the local APIC's timer would be
        // calibrated for eight seconds; the PIT ticks as well.
        var timer = settings.Accelerator == Accelerator.Tcg ? " nolapic" : "";
        return Base(settings, Kernel, Image.Initramfs, $"console=ttyS0 panic=-1 quiet{timer} mitigations={MitigationsArgument} -- {settings.Benchmark} state=linux");
    }

    public override string? WhyFailed(int exitCode, BootLog log) =>
        log.Failure
        ?? (log.Panic is { IsSuccess: true } ? null : "the kernel's panic that ends a boot is missing: the console is cut")
        ?? (exitCode == 0 ? null : $"QEMU exited with {exitCode}")
        ?? MitigationCheck.WhyRejected(Mitigations, log.States, log.Cpu?.Vendor);
}
