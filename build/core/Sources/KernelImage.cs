using System.Buffers.Binary;

namespace SyscallBench.Sources;

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
