using System.Diagnostics;
using System.Text;
using SyscallBench.Builds;

namespace SyscallBench.Tests.Builds;

public sealed class CpioWriterTests
{
    [Fact]
    public void Should_Write_The_Known_Bytes_Of_An_Archive_With_One_File()
    {
        using var stream = new MemoryStream();

        Write(stream);

        Assert.Equal(
            "070701" + "00000001" + "000081ED" + "00000000" + "00000000" + "00000001" + "00000000" + "00000003"
            + "00000000" + "00000000" + "00000000" + "00000000" + "00000005" + "00000000" + "init\0\0" + "ELF\0"
            + "070701" + "00000000" + "00000000" + "00000000" + "00000000" + "00000001" + "00000000" + "00000000"
            + "00000000" + "00000000" + "00000000" + "00000000" + "0000000B" + "00000000" + "TRAILER!!!\0\0\0\0",
            Encoding.ASCII.GetString(stream.ToArray()));
    }

    [Fact]
    public void Should_Be_Unpacked_By_Cpio_Without_Complaint()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/cpio"), "cpio is not installed");
        using var files = new TemporaryWorkspace();
        var archive = Path.Combine(files.Root, "initramfs.cpio");
        using (var stream = File.Create(archive))
            Write(stream);

        using var cpio = Process.Start(new ProcessStartInfo("cpio", ["--extract", "--quiet", "--file", archive]) { WorkingDirectory = files.Root })!;
        cpio.WaitForExit();

        Assert.Equal(0, cpio.ExitCode);
        Assert.Equal("ELF", File.ReadAllText(Path.Combine(files.Root, "init")));
        Assert.Equal((UnixFileMode)0x1ed, File.GetUnixFileMode(Path.Combine(files.Root, "init")));
    }

    private static void Write(Stream stream)
    {
        var archive = new CpioWriter(stream);
        archive.AddFile("init", 0x1ed, "ELF"u8);
        archive.End();
    }
}
