using SyscallBench.Sources;

namespace SyscallBench.Tests.Sources;

public sealed class KernelChoiceTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();

    public void Dispose() => _files.Dispose();

    private const string Bookworm = "ID=debian\nVERSION_ID=\"12\"\n";

    [Theory]
    [InlineData("debian", KernelKind.Debian, "6.1")]
    [InlineData("6.12", KernelKind.Debian, "6.12")]
    [InlineData("5.11", KernelKind.Release, "5.11")]
    [InlineData("6.5.3", KernelKind.Release, "6.5.3")]
    [InlineData("6.5.0", KernelKind.Release, "6.5")]
    public void Should_Know_The_Names(string text, KernelKind kind, string name)
    {
        Assert.Equal(new KernelChoice(text, kind, name), Parse(text));
    }

    [Theory]
    [InlineData("debian", "6.1")]
    [InlineData("6.12", "6.12")]
    [InlineData("5.11", "5.11.0")]
    public void Should_Refuse_Two_That_Are_The_Same(params string[] texts)
    {
        var error = Assert.Throws<UsageError>(() => KernelChoice.ParseAll(texts, Bookworm));

        Assert.StartsWith($"--kernel={string.Join(',', texts)}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Give_Each_Of_A_List_A_Name_Of_Its_Own()
    {
        var (one, other) = (Image("bzImage"), Image("second/bzImage"));

        Assert.Equal(["6.1", "5.10"], KernelChoice.ParseAll(["debian", "5.10"], Bookworm).Select(choice => choice.Name));
        Assert.Equal(["6.1", "bzImage"], KernelChoice.ParseAll(["debian", one], Bookworm).Select(choice => choice.Name));
        Assert.Equal([one, other], KernelChoice.ParseAll([one, other], Bookworm).Select(choice => choice.Name));
        Assert.Throws<UsageError>(() => KernelChoice.ParseAll([one, one], Bookworm));
    }

    [Fact]
    public void Should_Take_A_Tree_When_The_Directory_Has_A_Kernels_Makefile()
    {
        var makefile = _files.Write("linux/Makefile", "# SPDX-License-Identifier: GPL-2.0\nVERSION = 6\nPATCHLEVEL = 6\nSUBLEVEL = 32\nEXTRAVERSION =\n");
        Directory.CreateDirectory(Path.Combine(_files.Root, "linux/arch/x86"));
        var tree = Path.GetDirectoryName(makefile)!;

        Assert.Equal(new KernelChoice(tree, KernelKind.Tree, "linux"), Parse(tree));
        Assert.Equal(Parse(tree), Parse(tree + "/"));
        Assert.Equal(("6.6", "6.6.32"), (KernelVersion.Read(tree)!.Series, KernelVersion.Read(tree)!.Release));
    }

    [Theory]
    [InlineData("bzImage")]
    [InlineData("vmlinux")]
    public void Should_Take_An_Image_When_Its_Magic_Is_Right(string name)
    {
        var image = Image(name);

        Assert.Equal(new KernelChoice(image, KernelKind.Image, name), Parse(image));
    }

    [Fact]
    public void Should_Refuse_What_Is_No_Kernel()
    {
        var text = _files.Write("notes.txt", new string('x', 4096));
        var folder = Path.GetDirectoryName(_files.Write("folder/Makefile", "all:\n"))!;

        Assert.Contains("no kernel, neither", Refusal(text), StringComparison.Ordinal);
        Assert.Contains("no kernel, neither", Refusal(_files.Write("empty", "")), StringComparison.Ordinal);
        Assert.Contains("no kernel tree", Refusal(folder), StringComparison.Ordinal);
        Assert.Contains("no such file", Refusal("/no/such/kernel"), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_What_Cannot_Be_Read()
    {
        // Not even root may read it: the kernel has nothing to say there.
        const string WriteOnly = "/sys/bus/platform/drivers_probe";
        Assert.SkipUnless(File.Exists(WriteOnly), "no file here that not even root may read");

        Assert.StartsWith($"--kernel={WriteOnly}: ", Refusal(WriteOnly), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_The_Target_Of_A_Link_Into_Nowhere()
    {
        var link = Path.Combine(_files.Root, "vmlinuz");
        File.CreateSymbolicLink(link, "boot/vmlinuz-gone");

        Assert.Contains("boot/vmlinuz-gone", Refusal(link), StringComparison.Ordinal);
        Assert.StartsWith("--kernel=/dev/zero: ", Refusal("/dev/zero"), StringComparison.Ordinal);
    }

    private static KernelChoice Parse(string text) => Assert.Single(KernelChoice.ParseAll([text], Bookworm));

    private static string Refusal(string text) => Assert.Throws<UsageError>(() => Parse(text)).Message;

    private string Image(string name)
    {
        var bytes = new byte[1024];
        if (name.EndsWith("bzImage", StringComparison.Ordinal))
        {
            (bytes[0x1fe], bytes[0x1ff]) = (0x55, 0xaa);
            "HdrS"u8.CopyTo(bytes.AsSpan(0x202));
        }
        else
        {
            "\u007fELF"u8.CopyTo(bytes);
            (bytes[4], bytes[16], bytes[18]) = (2, 2, 62);
        }

        var path = Path.Combine(_files.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
