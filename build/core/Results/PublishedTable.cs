using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>
/// Table 1 of the EuroSys'21 paper: medians in TSC cycles on an Intel i7-9700K at 3.6 GHz with a Linux 5.11 guest, 25 boots of 20 rounds of 1,000,000 calls.
/// Source: S. Kuenzer et al., "Unikraft: Fast, Specialized Unikernels the Easy Way", EuroSys 2021, and its artifact's tab_01.
/// </summary>
public static class PublishedTable
{
    public const string Machine = "Intel i7-9700K at 3.6 GHz, Linux 5.11";

    /// <summary>Cycles per call. The artifact dropped decimals, so each is known to plus or minus one half.</summary>
    public static IReadOnlyList<PublishedRow> Rows { get; } =
    [
        new("linux", Call.Scall, 222),
        new("linux-nomitig", Call.Scall, 154),
        new("unikraft", Call.Scall, 84),
        new("linux", Call.Fcall, 4),
    ];

    /// <summary>The published number of a row; null where the paper has none.</summary>
    public static double? Cycles(string platform, Call call) =>
        Rows.FirstOrDefault(row => row.Platform == platform && row.Call == call)?.Cycles;
}

/// <summary>One line of the published table.</summary>
public sealed record PublishedRow(string Platform, Call Call, double Cycles)
{
    /// <summary>What the printed number can have been before its decimals were dropped.</summary>
    public Interval Range => new(Cycles - 0.5, Cycles + 0.5);
}
