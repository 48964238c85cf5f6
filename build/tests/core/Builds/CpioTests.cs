using System.Diagnostics;
using SyscallBench.Builds;

namespace SyscallBench.Tests.Builds;

public sealed class CpioTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly string _archive;

    public CpioTests()
    {
        _archive = Path.Combine(_files.Root, "initramfs.cpio");
        Cpio.Write(_archive, ("init", _files.Write("benchmark", "ELF")));
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Write_The_Known_Bytes_Of_An_Archive_With_One_File() => Assert.Equal(
        "070701" + "00000001" + "000081ED" + "00000000" + "00000000" + "00000001" + "00000000" + "00000003"
        + "00000000" + "00000000" + "00000000" + "00000000" + "00000005" + "00000000" + "init\0\0" + "ELF\0"
        + "070701" + "00000000" + "00000000" + "00000000" + "00000000" + "00000001" + "00000000" + "00000000"
        + "00000000" + "00000000" + "00000000" + "00000000" + "0000000B" + "00000000" + "TRAILER!!!\0\0\0\0",
        File.ReadAllText(_archive));

    [Fact]
    public void Should_Be_Unpacked_By_Cpio_Without_Complaint()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/cpio"), "cpio is not installed");

        using var cpio = Process.Start(new ProcessStartInfo("cpio", ["--extract", "--quiet", "--file", _archive]) { WorkingDirectory = _files.Root })!;
        cpio.WaitForExit();

        Assert.Equal(0, cpio.ExitCode);
        Assert.Equal("ELF", File.ReadAllText(Path.Combine(_files.Root, "init")));
        Assert.Equal((UnixFileMode)0x1ed, File.GetUnixFileMode(Path.Combine(_files.Root, "init")));
    }
}
