using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>One column of every table, defined once for all formats.</summary>
/// <param name="Key">Name in machine-readable files.</param>
/// <param name="Title">Heading where a person reads.</param>
/// <param name="Legend">What the column holds, for the lines under a table.</param>
/// <param name="Cell">What it says of a row.</param>
public sealed record Column(string Key, string Title, string Legend, Func<ResultRow, Cell> Cell)
{
    /// <summary>Set to the right, as numbers are.</summary>
    public bool IsNumber { get; init; } = true;
}
