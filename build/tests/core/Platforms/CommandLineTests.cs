using SyscallBench.Platforms;

namespace SyscallBench.Tests.Platforms;

/// <summary>The exact arguments that QEMU gets, word for word.</summary>
public sealed class CommandLineTests
{
    private const string Tcg =
        "-nodefaults -no-user-config -display none -no-reboot -accel tcg -icount shift=0,sleep=off"
        + " -rtc base=2021-04-26T00:00:00,clock=vm -seed 1 -cpu Skylake-Client-v1 -smp 1";

    private const string Kvm = "-nodefaults -no-user-config -display none -no-reboot -accel kvm -cpu host,migratable=no -smp 1";

    [Theory]
    [InlineData("linux", Accelerator.Tcg, Tcg + " -m 256M -serial file:console -kernel kernel -initrd initramfs -append",
        "console=ttyS0 panic=-1 quiet nolapic mitigations=auto -- rounds=20 iters=100 warmup=1 state=linux")]
    [InlineData("linux-nomitig", Accelerator.Tcg, Tcg + " -m 256M -serial file:console -kernel kernel -initrd initramfs -append",
        "console=ttyS0 panic=-1 quiet nolapic mitigations=off -- rounds=20 iters=100 warmup=1 state=linux")]
    [InlineData("linux", Accelerator.Kvm, Kvm + " -m 256M -serial file:console -kernel kernel -initrd initramfs -append",
        "console=ttyS0 panic=-1 quiet mitigations=auto -- rounds=20 iters=1000000 warmup=1 state=linux")]
    [InlineData("unikraft", Accelerator.Tcg, Tcg + " -m 256M -serial file:console -kernel unikernel -initrd benchmark -append",
        "syscallbench rounds=20 iters=100 warmup=1")]
    [InlineData("unikraft-0.17", Accelerator.Tcg, Tcg + " -m 256M -serial file:console -kernel unikernel-0.17 -initrd benchmark -append",
        "syscallbench rounds=20 iters=100 warmup=1")]
    [InlineData("floor", Accelerator.Kvm, Kvm + " -m 64M -serial file:console -device isa-debug-exit,iobase=0xf4,iosize=4 -kernel floor -initrd benchmark -append",
        "ring=3 rounds=20 iters=1000000 warmup=1")]
    [InlineData("floor-ring0", Accelerator.Tcg, Tcg + " -m 64M -serial file:console -device isa-debug-exit,iobase=0xf4,iosize=4 -kernel floor -initrd benchmark -append",
        "ring=0 rounds=20 iters=100 warmup=1")]
    public void Should_Start_Exactly_This_When_A_Guest_Is_Booted(string name, Accelerator accelerator, string arguments, string append)
    {
        var platform = (GuestPlatform)new PlatformCatalog().Select(name)[0];

        var command = platform.Command(new GuestSettings(
            accelerator,
            accelerator.DefaultCpu(),
            new BenchmarkArguments(20, platform.DefaultIterations(accelerator), 1),
            platform.Images.ToDictionary(image => image, image => image.Name),
            "console"));

        Assert.Equal([.. arguments.Split(' '), append], command.ToArguments());
    }

    [Fact]
    public void Should_Double_Commas_Where_Qemu_Reads_Options_When_The_Socket_Has_One()
    {
        var command = new QemuCommand
        {
            Accelerator = Accelerator.Kvm,
            Sandbox = true,
            Cpu = "max",
            Kernel = "a kernel, mine",
            Serial = "a log, mine",
            QmpSocket = "/run/a,b/qmp",
            StartPaused = true,
        };

        var arguments = command.ToArguments();

        Assert.Equal(
            ["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
                "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny", "-accel", "kvm", "-cpu", "max", "-smp", "1", "-m", "256M",
                "-serial", "file:a log, mine", "-qmp", "unix:/run/a,,b/qmp,server=on,wait=off", "-S", "-kernel", "a kernel, mine"],
            arguments);
    }

    [Fact]
    public void Should_Expect_The_Enosys_Path_When_The_Host_Is_Measured()
    {
        var arguments = HostPlatform.Arguments(new BenchmarkArguments(20, 10_000, 1));

        Assert.Equal(["rounds=20", "iters=10000", "warmup=1", "expect=-38", "state=process"], arguments);
    }

    [Fact]
    public void Should_Take_The_Call_As_Asked_When_The_Host_Is_To_Call_Another()
    {
        var arguments = HostPlatform.Arguments(new BenchmarkArguments(20, 10_000, 1) { SystemCall = 110, Expect = "any" });

        Assert.Equal(["rounds=20", "iters=10000", "warmup=1", "nr=110", "expect=any", "state=process"], arguments);
    }
}
