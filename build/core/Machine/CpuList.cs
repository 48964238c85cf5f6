namespace SyscallBench.Machine;

/// <summary>The kernel's list format for CPU numbers: <c>0-3,8,10-11</c> (Documentation/admin-guide/cputopology.rst).</summary>
public static class CpuList
{
    /// <summary>CPU numbers in ascending order, without repeats; none for an empty text.</summary>
    /// <exception cref="FormatException">The text is not a list of CPU numbers.</exception>
    public static IReadOnlyList<int> Parse(string text)
    {
        var cpus = new SortedSet<int>();
        foreach (var range in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = range.Split('-');
            if (ends.Length > 2)
                throw new FormatException($"'{range}' is not a range of CPU numbers.");

            var (first, last) = (Number(ends[0]), Number(ends[^1]));
            if (last < first)
                throw new FormatException($"'{range}' is not a range of CPU numbers: it ends before it begins.");

            cpus.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. cpus];
    }

    /// <summary>As <see cref="Parse"/>, for what the kernel says: no CPUs where there is no file, or where it holds a word such as <c>(null)</c>.</summary>
    public static IReadOnlyList<int> ParseOrNone(string? text) =>
        text is { Length: > 0 } && char.IsAsciiDigit(text[0]) ? Parse(text) : [];

    /// <summary>The shortest text that <see cref="Parse"/> reads back.</summary>
    public static string Format(IEnumerable<int> cpus)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var cpu in cpus.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == cpu - 1)
                ranges[^1] = (ranges[^1].First, cpu);
            else
                ranges.Add((cpu, cpu));
        }

        return string.Join(',', ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
    }

    // The kernel's CPU numbers stop at NR_CPUS, 8192 in the largest configuration; a bound keeps "0-2000000000" from filling memory.
    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cpu) && cpu < 8192
            ? cpu
            : throw new FormatException($"'{text}' is not a CPU number.");
}
