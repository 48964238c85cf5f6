using ELFSharp.ELF;
using ELFSharp.ELF.Sections;

namespace SyscallBench.Explain;

/// <param name="Address">Where it starts, as linked, before a kernel moves itself.</param>
public readonly record struct Symbol(ulong Address, string Name, bool IsCode);

/// <summary>The names of a kernel, by address.</summary>
/// <param name="source">Where they come from, for people.</param>
public sealed class Symbols(string source, IEnumerable<Symbol> symbols)
{
    // Names that point at the same place as the ones that people know: padding before functions, and what only tools use.
    private static readonly string[] _noise = ["__pfx_", "__cfi_", "__kstrtab", "__ksymtab", "__UNIQUE_ID", ".L", "$", "__SCT__", "__initcall"];

    // One name for a place: code before data, and of several the plainest.
    private readonly Symbol[] _sorted =
    [
        .. symbols
            .Where(symbol => !_noise.Any(prefix => symbol.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .OrderBy(symbol => symbol.Address)
            .ThenByDescending(symbol => symbol.IsCode)
            .ThenBy(symbol => symbol.Name.Length - symbol.Name.TrimStart('_').Length)
            .ThenBy(symbol => symbol.Name.Length)
            .ThenBy(symbol => symbol.Name, StringComparer.Ordinal)
            .DistinctBy(symbol => symbol.Address),
    ];

    public string Source => source;

    /// <summary>Reads a file that a build left beside its image: a <c>System.map</c>, or the image before it was stripped.</summary>
    /// <exception cref="UserError">It is neither.</exception>
    public static Symbols FromFile(string path) => Path.GetFileName(path) == "System.map" ? FromMap(path)
        : FromElf(path) ?? throw new UserError($"{path} has no symbols: it is no ELF file, or was stripped");

    private static Symbols FromMap(string path)
    {
        var symbols = new List<Symbol>();
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            if (line.Split(' ', 3) is not [var address, [var type], var name]
                || !ulong.TryParse(address, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                throw new UserError($"{path}:{index + 1}: no line of a System.map, which has an address, a type and a name");
            }

            // Per-CPU variables and constants of the linker's have small numbers.
            if (type is not ('A' or 'a'))
                symbols.Add(new Symbol(value, name, type is 't' or 'T' or 'w' or 'W'));
        }

        return new Symbols(Path.GetFileName(path), symbols);
    }

    /// <summary>The symbols of an ELF file; null where it is none, or was stripped.</summary>
    public static Symbols? FromElf(string path)
    {
        if (!ELFReader.TryLoad(path, out var elf))
            return null;
        using (elf)
        {
            var symbols = (
                from entry in elf.Sections.OfType<ISymbolTable>().SelectMany(table => table.Entries)
                where entry.PointedSection is not null && entry.Type is (SymbolType.Function or SymbolType.NotSpecified or SymbolType.Object) && entry.Name is [not '.', ..]
                let address = entry switch { SymbolEntry<ulong> wide => wide.Value, SymbolEntry<uint> narrow => narrow.Value, _ => 0u }
                select new Symbol(address, entry.Name, entry.PointedSection.Flags.HasFlag(SectionFlags.Executable))).ToList();
            return symbols.Count == 0 ? null : new Symbols(Path.GetFileName(path), symbols);
        }
    }

    /// <summary>The symbol that an address belongs to: the last that starts at or before it.</summary>
    public Symbol? At(ulong address)
    {
        var at = Array.BinarySearch(_sorted, new Symbol(address, "", false), Comparer<Symbol>.Create((a, b) => a.Address.CompareTo(b.Address)));
        var index = at >= 0 ? at : ~at - 1;
        return index < 0 ? null : _sorted[index];
    }

    public ulong? Find(string name) => _sorted.Where(symbol => symbol.Name == name).Select(symbol => (ulong?)symbol.Address).FirstOrDefault();
}
