using SyscallBench.Machine;

namespace SyscallBench.Build.Tests.Tasks;

public sealed class TryKvmTaskTests : IDisposable
{
    private readonly CheckoutFixture _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Should_End_Before_The_Kernel_Is_There_When_Kvm_Was_Asked_For_And_Runs_No_Guest()
    {
        CheckoutFixture.Require();
        Assert.SkipWhen(KvmDevice.Read().WhyClosed is not null, KvmDevice.Read().WhyClosed ?? "");
        var qemu = Path.Combine(Directory.CreateDirectory(_checkout.Programs).FullName, "qemu-system-x86_64");
        File.WriteAllText(qemu, "#!/bin/sh\ncase \"$*\" in --version) echo 'QEMU emulator version 7.2.22';; *help*) exit 1;; *) echo 'no guest today' >&2; exit 1;; esac\n");
        File.SetUnixFileMode(qemu, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var ended = await _checkout.Run("--target=Run", "--accel=kvm", "--setup=never", "--platforms=floor,linux", $"--kernel={BzImage()}");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("error: --accel=kvm: ", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("no guest today", ended.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(_checkout.Path("artifacts", "images", "floor.elf")));
        Assert.Empty(Directory.EnumerateDirectories(_checkout.Path("artifacts", "images"), "linux-*"));
    }

    // What Linux's boot protocol begins with, and nothing else.
    private string BzImage()
    {
        var image = new byte[1024];
        (image[0x1fe], image[0x1ff]) = (0x55, 0xaa);
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        File.WriteAllBytes(_checkout.Path("bzImage"), image);
        return _checkout.Path("bzImage");
    }
}
