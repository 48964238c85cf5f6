using System.Buffers.Binary;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>Which Linux is measured, as <c>--kernel</c> says it.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Path">Absolute path of the tree or the image; null for the others.</param>
public sealed record KernelChoice(KernelKind Kind, string? Path = null)
{
    /// <param name="text"><c>debian</c>, <c>5.11</c>, or a path.</param>
    /// <exception cref="UsageError">The path is neither a kernel tree nor a bootable image.</exception>
    public static KernelChoice Parse(string text)
    {
        if (text is "debian")
            return new KernelChoice(KernelKind.Debian);
        if (text is "5.11")
            return new KernelChoice(KernelKind.Artifact);

        try
        {
            return OfPath(text, System.IO.Path.GetFullPath(text));
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageError($"--kernel={text}: you may not read it; make a copy that you may: sudo install -o \"$USER\" '{text}' kernel");
        }
        catch (Exception error) when (error is IOException or UserError and not UsageError)
        {
            throw new UsageError($"--kernel={text}: {error.Message}");
        }
    }

    private static KernelChoice OfPath(string text, string path)
    {
        if (Directory.Exists(path))
        {
            return KernelVersion.Read(path) is null
                ? throw new UsageError($"--kernel={text}: no kernel tree, its Makefile sets no VERSION and PATCHLEVEL")
                : new KernelChoice(KernelKind.Tree, path);
        }

        if (!File.Exists(path))
            throw new UsageError($"--kernel={text}: no such file or directory; use debian, 5.11, or the path of a kernel tree or image");
        // A link is a file, whatever has become of its target.
        if (File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false } target)
            throw new UsageError($"--kernel={text}: a link to {target.FullName}, which is not there");

        return KernelImage.IsBootable(path)
            ? new KernelChoice(KernelKind.Image, path)
            : throw new UsageError($"--kernel={text}: no kernel, neither a bzImage nor an x86-64 vmlinux");
    }
}

/// <summary>Where a kernel comes from.</summary>
public enum KernelKind
{
    /// <summary>The source package of the machine's own Debian release.</summary>
    Debian,

    /// <summary>Linux 5.11 from kernel.org, as the EuroSys'21 artifact used it.</summary>
    Artifact,

    /// <summary>A source tree of the user's.</summary>
    Tree,

    /// <summary>A kernel that is built already; it has to have system call 500.</summary>
    Image,
}

/// <summary>Knows a bootable kernel when it sees one.</summary>
public static class KernelImage
{
    // Documentation/arch/x86/boot.rst: the boot sector's mark, and the setup header's.
    private const int BootFlagOffset = 0x1fe;
    private const ushort BootFlag = 0xaa55;
    private const int HeaderOffset = 0x202;

    // elf(5): the class, the machine, and the type of an executable.
    private const int ElfClassOffset = 4;
    private const byte Elf64 = 2;
    private const int ElfTypeOffset = 16;
    private const ushort Executable = 2;
    private const int ElfMachineOffset = 18;
    private const ushort X86_64 = 62;

    private const int Enough = HeaderOffset + 4;

    /// <summary>Whether the file is a bzImage, or a vmlinux for x86-64.</summary>
    public static bool IsBootable(string path)
    {
        _ = FileStatus.Of(path);
        var start = new byte[Enough];
        using var stream = File.OpenRead(path);
        return stream.ReadAtLeast(start, Enough, throwOnEndOfStream: false) == Enough && (IsBzImage(start) || IsVmlinux(start));
    }

    private static bool IsBzImage(ReadOnlySpan<byte> start)
        => Word(start, BootFlagOffset) == BootFlag && start[HeaderOffset..].StartsWith("HdrS"u8);

    private static bool IsVmlinux(ReadOnlySpan<byte> start)
        => start.StartsWith("\u007fELF"u8) && start[ElfClassOffset] == Elf64
            && Word(start, ElfTypeOffset) == Executable && Word(start, ElfMachineOffset) == X86_64;

    private static ushort Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
