using System.Buffers.Binary;
using System.Text;
using SyscallBench.Explain;

namespace SyscallBench.Tests.Explain;

/// <summary>Tables as scripts/kallsyms.c of the kernel's sources writes them, in the orders that it has had; ExplainerTests reads a real kernel's.</summary>
public sealed class KallsymsTests
{
    private const ulong Linked = 0xffff_ffff_8100_0000;
    private const ulong Slide = 0x1f20_0000;

    /// <summary>What stands where.</summary>
    public enum Layout
    {
        /// <summary>4.20 to 6.1.</summary>
        AddressesFirst,

        /// <summary>6.2, 6.3 and later releases of 6.1: in front of the tokens a table of three bytes a name.</summary>
        WithSequence,

        /// <summary>From 6.4 on.</summary>
        AddressesLast,
    }

    [Theory]
    [InlineData(Layout.AddressesFirst)]
    [InlineData(Layout.WithSequence)]
    [InlineData(Layout.AddressesLast)]
    public void Should_Find_Every_Name_At_Its_Linked_Address(Layout layout)
    {
        var symbols = Kallsyms.Parse(Memory(layout))!;

        Assert.All(Names, symbol => Assert.Equal(symbol.Address, symbols.Find(symbol.Name[1..])));
        Assert.Equal("function_700", symbols.At(Linked + (700 * 64) + 63)?.Name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2000)]
    [InlineData(12_000)]
    public void Should_Find_None_When_The_Tables_Are_Cut(int length) => Assert.Null(Kallsyms.Parse(Memory(Layout.AddressesLast).AsSpan(0, length)));

    /// <summary>Code, as the linker has it, and variables of each CPU, which count from zero.</summary>
    private static IReadOnlyList<(ulong Address, string Name)> Names { get; } =
    [
        (0x1000, "Dcurrent_task"),
        (Linked, "T_text"),
        .. Enumerable.Range(1, 1400).Select(index => (Linked + ((ulong)index * 64), string.Create(CultureInfo.InvariantCulture, $"tfunction_{index}"))),
    ];

    private static byte[] Memory(Layout layout)
    {
        var (names, markers) = (new List<byte>(), new List<byte>());
        foreach (var (name, index) in Names.Select((symbol, index) => (symbol.Name, index)))
        {
            if (index % 256 == 0)
                markers.AddRange(Word((uint)names.Count));
            names.AddRange([(byte)name.Length, .. Encoding.ASCII.GetBytes(name)]);
        }

        var (tokens, places) = (new List<byte>(), new List<byte>());
        for (var token = 0; token < 256; token++)
        {
            places.AddRange([(byte)tokens.Count, (byte)(tokens.Count >> 8)]);
            tokens.AddRange([.. token is > ' ' and < 127 ? [(byte)token] : "er"u8.ToArray(), 0]);
        }

        var start = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(start, Linked + Slide);
        byte[] addresses = [.. Padded([.. Names.SelectMany(symbol => Word(symbol.Address < Linked ? (uint)symbol.Address : (uint)(Linked - 1 - symbol.Address)))]), .. start];
        byte[] found = [.. Padded(Word((uint)Names.Count)), .. Padded([.. names]), .. Padded([.. markers])];
        byte[] sequence = layout == Layout.WithSequence ? Padded([.. Names.SelectMany((_, index) => Word((uint)index).Take(3))]) : [];
        byte[] table = [.. Padded([.. tokens]), .. Padded([.. places])];
        return
        [
            .. new byte[4096], .. layout == Layout.AddressesLast ? [] : addresses, .. found, .. sequence, .. table, .. layout == Layout.AddressesLast ? addresses : [], .. new byte[64],
        ];
    }

    private static byte[] Padded(byte[] table) => [.. table, .. new byte[(8 - (table.Length % 8)) % 8]];

    private static byte[] Word(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
