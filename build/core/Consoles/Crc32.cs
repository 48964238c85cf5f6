using System.Buffers.Binary;

namespace SyscallBench.Consoles;

/// <summary>CRC-32 as IEEE 802.3 and zlib have it: reflected polynomial 0xEDB88320, start and final inversion.</summary>
/// <remarks>Eight bytes a step ("slicing-by-8", Kounavis and Berry, ISCC 2005): .NET itself has only CRC-32C.</remarks>
public static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[][] _tables = BuildTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = _tables[7][(byte)low] ^ _tables[6][(byte)(low >> 8)] ^ _tables[5][(byte)(low >> 16)] ^ _tables[4][low >> 24]
                ^ _tables[3][(byte)high] ^ _tables[2][(byte)(high >> 8)] ^ _tables[1][(byte)(high >> 16)] ^ _tables[0][high >> 24];
        }

        foreach (var value in bytes)
        {
            crc = _tables[0][(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[][] BuildTables()
    {
        var tables = new uint[8][];
        for (var slice = 0; slice < tables.Length; slice++)
        {
            tables[slice] = new uint[256];
            for (var index = 0u; index < 256; index++)
            {
                tables[slice][index] = slice == 0 ? Shifted(index) : Next(tables, slice, index);
            }
        }

        return tables;
    }

    private static uint Next(uint[][] tables, int slice, uint index)
    {
        var previous = tables[slice - 1][index];
        return tables[0][(byte)previous] ^ (previous >> 8);
    }

    private static uint Shifted(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
        }

        return value;
    }
}
