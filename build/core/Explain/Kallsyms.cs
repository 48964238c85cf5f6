using System.Buffers.Binary;
using System.Text;
using SyscallBench.Boots;

namespace SyscallBench.Explain;

/// <summary>
/// Reads the names that a Linux kernel keeps of its own functions (scripts/kallsyms.c of its sources) from the memory of a stopped guest: for kernels
/// that came without a System.map. Layouts: 4.20 to 6.1, and from 6.4 on; tried on Debian's 5.10, 6.1, 6.12 and 6.16. Those of 7.3 are not found.
/// </summary>
public static class Kallsyms
{
    // A kernel's code and constants; what is not mapped between them ends at a large page.
    private const int Largest = 48 << 20;
    private const int LargePage = 2 << 20;

    private const int Tokens = 256;
    private const int NamesPerMarker = 256;
    private const ulong Lowest = 0xffff_ffff_8000_0000;

    /// <summary>Where every x86-64 kernel is linked to start: CONFIG_PHYSICAL_START.</summary>
    private const ulong LinkedStart = 0xffff_ffff_8100_0000;

    /// <param name="gdb">A guest that is stopped inside its kernel.</param>
    /// <param name="entry">Where the CPU enters that; the constants lie behind.</param>
    /// <returns>The names at their linked addresses; null where there are none.</returns>
    public static async Task<Symbols?> ReadAsync(GdbClient gdb, ulong entry, CancellationToken cancellation)
    {
        var start = entry & ~0xffful;
        var memory = new byte[Largest];
        using var folder = new SocketFolder();
        var path = folder.Path("memory");
        for (var at = 0; at < Largest;)
        {
            var length = Math.Min(LargePage - (int)((start + (ulong)at) % LargePage), Largest - at);
            await gdb.SaveMemoryAsync(start + (ulong)at, length, path, cancellation);
            if (File.Exists(path))
            {
                File.ReadAllBytes(path).CopyTo(memory, at);
                File.Delete(path);
            }

            at += length;

            // Half of the tables may still be behind what was read.
            if (Parse(memory.AsSpan(0, at)) is { } symbols)
                return symbols;
        }

        return null;
    }

    /// <param name="memory">What follows a kernel's entry.</param>
    /// <returns>The names; null where the tables are not found.</returns>
    public static Symbols? Parse(ReadOnlySpan<byte> memory)
    {
        // The tokens of the ten digits stand for themselves, one after the other.
        var digits = "0\01\02\03\04\05\06\07\08\09\0"u8;
        for (var from = 0; memory[from..].IndexOf(digits) is >= 0 and var found; from += found + 1)
        {
            if (ReadAround(memory, from + found) is { } symbols)
                return symbols;
        }

        return null;
    }

    private static int Align(int offset, int to) => (offset + to - 1) / to * to;

    private static uint Word(ReadOnlySpan<byte> memory, int at) => at >= 0 && at + 4 <= memory.Length ? BinaryPrimitives.ReadUInt32LittleEndian(memory[at..]) : 0;

    private static ulong Long(ReadOnlySpan<byte> memory, int at) => at >= 0 && at + 8 <= memory.Length ? BinaryPrimitives.ReadUInt64LittleEndian(memory[at..]) : 0;

    private static Symbols? ReadAround(ReadOnlySpan<byte> memory, int digits)
    {
        if (TokensAround(memory, digits) is not var (table, index) || MarkersBefore(memory, table) is not var (first, last))
            return null;

        // In front of those the names, and in front of the names how many they are.
        var latest = first - (int)Word(memory, last);
        for (var names = Align(latest, 8); names > latest - (NamesPerMarker * 128) && names > 24; names -= 4)
        {
            foreach (var countAt in (int[])[names - 8, names - 4])
            {
                var count = (int)Word(memory, countAt);
                if (count <= 0 || Align(count, NamesPerMarker) / NamesPerMarker != ((last - first) / 4) + 1 || !HoldsMarker(memory, names, first))
                    continue;
                return AddressesOf(memory, count, countAt, index) is var (addresses, start)
                    ? Read(memory, count, names, table, index, addresses, start)
                    : null;
            }
        }

        return null;
    }

    private static Symbols? Read(ReadOnlySpan<byte> memory, int count, int names, int tokenTable, int tokenIndex, int addresses, ulong start)
    {
        var symbols = new List<Symbol>(count);
        var percpu = false;
        for (var index = 0; index < count && !percpu; index++)
            percpu = (int)Word(memory, addresses + (4 * index)) < 0;

        var name = new StringBuilder();
        for (int index = 0, at = names; index < count; index++)
        {
            name.Clear();
            var length = NameLength(memory, ref at);
            for (var end = at + length; at < end; at++)
            {
                var token = tokenTable + BinaryPrimitives.ReadUInt16LittleEndian(memory[(tokenIndex + (2 * memory[at]))..]);
                name.Append(Encoding.ASCII.GetString(memory[token..(token + memory[token..].IndexOf((byte)0))]));
            }

            if (name.Length < 2)
                return null;
            var offset = (int)Word(memory, addresses + (4 * index));

            // Addresses are relative to the kernel's start; where variables of a CPU are among them, those are positive and the others negative.
            var address = percpu ? offset >= 0 ? (ulong)offset : start - 1 - (ulong)(long)offset : start + (uint)offset;
            symbols.Add(new Symbol(address, name.ToString(1, name.Length - 1), name[0] is 't' or 'T' or 'w' or 'W'));
        }

        var slide = symbols.FirstOrDefault(symbol => symbol.Name is "_text" or "_stext").Address - LinkedStart;
        var linked = symbols.Select(symbol => symbol.Address < Lowest ? symbol : symbol with { Address = symbol.Address - slide });
        return new Symbols("kallsyms in the guest's memory", linked);
    }

    /// <summary>
    /// Where every 256th name starts: the first at 0, each some kilobytes behind the one before. In front of the tokens; from 6.2 to 6.3, and in later
    /// releases of 6.1, another table of three bytes a name is between.
    /// </summary>
    private static (int First, int Last)? MarkersBefore(ReadOnlySpan<byte> memory, int table)
    {
        const int FarthestBack = 4 << 20;
        const int Fewest = 4;
        for (var last = table & ~3; last > Math.Max(4, table - FarthestBack); last -= 4)
        {
            var first = last;
            while (first >= 4 && Word(memory, first) > Word(memory, first - 4) && Word(memory, first) - Word(memory, first - 4) is > NamesPerMarker and < NamesPerMarker * 128)
                first -= 4;
            if (Word(memory, first) == 0 && (last - first) / 4 >= Fewest)
                return (first, last);
        }

        return null;
    }

    private static (int Table, int Index)? TokensAround(ReadOnlySpan<byte> memory, int digits)
    {
        var table = digits;
        for (var token = 0; token < '0'; token++)
        {
            table -= 2;
            while (table > 0 && memory[table] != 0)
                table--;
            table++;
            if (table < 2)
                return null;
        }

        var end = digits;
        for (var token = (int)'0'; token < Tokens; token++)
            end += memory[end..].IndexOf((byte)0) + 1;
        foreach (var index in (int[])[Align(end, 4), Align(end, 8)])
        {
            if (Word(memory, index) >> 16 == memory[table..].IndexOf((byte)0) + 1 && (ushort)Word(memory, index) == 0)
                return (table, index);
        }

        return null;
    }

    // The second marker is where 256 names end.
    private static bool HoldsMarker(ReadOnlySpan<byte> memory, int names, int first)
    {
        var at = names;
        for (var name = 0; name < NamesPerMarker && at < first; name++)
        {
            var length = NameLength(memory, ref at);
            at += length;
        }

        return at < first && at - names == (int)Word(memory, first + 4);
    }

    private static (int Addresses, ulong Base)? AddressesOf(ReadOnlySpan<byte> memory, int count, int countAt, int tokenIndex)
    {
        var size = Align(4 * count, 8);
        var behind = Align(tokenIndex + (2 * Tokens), 8);
        foreach (var (addresses, start) in ((int, int)[])[(countAt - 8 - size, countAt - 8), (behind, behind + size)])
        {
            if (addresses > 0 && Long(memory, start) >= Lowest && Long(memory, start) % 0x1000 == 0)
                return (addresses, Long(memory, start));
        }

        return null;
    }

    // One byte; two from 6.1 on where a name has more than 127 tokens.
    private static int NameLength(ReadOnlySpan<byte> memory, ref int at)
    {
        int length = memory[at++];
        return length < 0x80 ? length : (length & 0x7f) | (memory[at++] << 7);
    }
}
