using ELFSharp.ELF;
using ELFSharp.ELF.Sections;

namespace SyscallBench.Explain;

/// <summary>A name and where it starts.</summary>
/// <param name="Address">As linked, before a kernel moves itself.</param>
/// <param name="Name">As the kernel's sources have it.</param>
/// <param name="IsCode">It is in code, rather than data.</param>
public readonly record struct Symbol(ulong Address, string Name, bool IsCode);

/// <summary>The names of a kernel, by address.</summary>
public sealed class Symbols
{
    // Names that point at the same place as the ones that people know: padding before functions, and what only tools use.
    private static readonly string[] _noise = ["__pfx_", "__cfi_", "__kstrtab", "__ksymtab", "__UNIQUE_ID", ".L", "$", "__SCT__", "__initcall"];

    private readonly Symbol[] _sorted;

    /// <param name="source">Where they come from, for people.</param>
    /// <param name="symbols">In any order.</param>
    public Symbols(string source, IEnumerable<Symbol> symbols)
    {
        Source = source;

        // One name for a place: code before data, and of several the plainest.
        _sorted =
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
    }

    public string Source { get; }

    public int Count => _sorted.Length;

    /// <summary>Reads a file that a build left beside its image: a <c>System.map</c>, or the image before it was stripped.</summary>
    /// <exception cref="UserError">It is neither.</exception>
    public static Symbols FromFile(string path) => Path.GetFileName(path) == "System.map" ? FromMap(path) : FromElf(path);

    /// <summary>Reads a <c>System.map</c>, which has a line <c>address type name</c> for each symbol.</summary>
    /// <exception cref="UserError">A line is none, or the map holds too little to be a kernel's.</exception>
    public static Symbols FromMap(string path)
    {
        var symbols = new List<Symbol>();
        foreach (var (line, index) in File.ReadLines(path).Select((line, index) => (line, index)))
        {
            if (line.Split(' ', 3) is not [var address, [var type], var name]
                || !ulong.TryParse(address, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                throw new UserError(string.Create(CultureInfo.InvariantCulture, $"{path}:{index + 1}: no line of a System.map, which has an address, a type and a name"));
            }

            // Per-CPU variables and constants of the linker's have small numbers.
            if (type is not ('A' or 'a'))
                symbols.Add(new Symbol(value, name, type is 't' or 'T' or 'w' or 'W'));
        }

        return new Symbols(Path.GetFileName(path), symbols);
    }

    /// <summary>Reads the symbol table of an ELF file.</summary>
    /// <exception cref="UserError">It is none, or was stripped.</exception>
    public static Symbols FromElf(string path) => TryFromElf(path) ?? throw new UserError($"{path} has no symbols: it is no ELF file, or was stripped");

    /// <summary>Reads the symbol table of an ELF file; null where there is none.</summary>
    public static Symbols? TryFromElf(string path)
    {
        if (!ELFReader.TryLoad(path, out var elf))
            return null;
        using (elf)
        {
            var symbols = elf.Sections.OfType<ISymbolTable>().SelectMany(table => table.Entries).Select(Of).Where(symbol => symbol.Name.Length > 0).ToList();
            return symbols.Count == 0 ? null : new Symbols(Path.GetFileName(path), symbols);
        }

        static Symbol Of(ISymbolEntry entry)
        {
            var address = entry switch { SymbolEntry<ulong> wide => wide.Value, SymbolEntry<uint> narrow => narrow.Value, _ => 0u };
            var inSection = entry.PointedSection is { } section && entry.Type is SymbolType.Function or SymbolType.NotSpecified or SymbolType.Object;
            return inSection && !entry.Name.StartsWith('.')
                ? new Symbol(address, entry.Name, entry.PointedSection!.Flags.HasFlag(SectionFlags.Executable))
                : default(Symbol) with { Name = "" };
        }
    }

    /// <summary>The symbol that an address belongs to: the last that starts at or before it.</summary>
    public Symbol? At(ulong address)
    {
        var at = Array.BinarySearch(_sorted, new Symbol(address, "", false), Comparer<Symbol>.Create((a, b) => a.Address.CompareTo(b.Address)));
        var index = at >= 0 ? at : ~at - 1;
        return index < 0 ? null : _sorted[index];
    }

    /// <summary>Where a name is; null where there is no such name.</summary>
    public ulong? Find(string name) => _sorted.Where(symbol => symbol.Name == name).Select(symbol => (ulong?)symbol.Address).FirstOrDefault();
}
