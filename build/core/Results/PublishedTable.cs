using SyscallBench.Model;
using SyscallBench.Platforms;

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
        new(PlatformCatalog.Linux.Name, Call.Scall, 222),
        new(PlatformCatalog.LinuxWithoutMitigations.Name, Call.Scall, 154),
        new(PlatformCatalog.Unikraft.Name, Call.Scall, 84),
        new(PlatformCatalog.Linux.Name, Call.Fcall, 4),
    ];
}

/// <summary>One line of the published table.</summary>
public sealed record PublishedRow(string Platform, Call Call, double Cycles)
{
    /// <summary>What the printed number can have been before its decimals were dropped.</summary>
    public Interval Range => new(Cycles - 0.5, Cycles + 0.5);
}

/// <summary>A ratio of two rows that the paper's table implies.</summary>
/// <param name="Numerator">The dearer row.</param>
/// <param name="Denominator">The cheaper row.</param>
/// <param name="NeedsMitigations">Whether the ratio depends on which mitigations the CPU asks for.</param>
public sealed record RatioClaim(PublishedRow Numerator, PublishedRow Denominator, bool NeedsMitigations)
{
    private static readonly PublishedRow _linux = PublishedTable.Rows[0];
    private static readonly PublishedRow _unmitigated = PublishedTable.Rows[1];
    private static readonly PublishedRow _unikraft = PublishedTable.Rows[2];
    private static readonly PublishedRow _function = PublishedTable.Rows[3];

    public static IReadOnlyList<RatioClaim> All { get; } =
    [
        new(_linux, _unikraft, NeedsMitigations: true),
        new(_unmitigated, _unikraft, NeedsMitigations: false),
        new(_linux, _unmitigated, NeedsMitigations: true),
        new(_unikraft, _function, NeedsMitigations: false),
    ];

    /// <summary><c>linux / unikraft</c>, with the calls where they differ.</summary>
    public string Name => Numerator.Call == Denominator.Call
        ? $"{Numerator.Platform} / {Denominator.Platform}"
        : $"{Numerator.Platform} {Numerator.Call.Name()} / {Denominator.Call.Name()}";

    public double Published => Numerator.Cycles / Denominator.Cycles;

    /// <summary>What the published ratio can have been before the decimals of its parts were dropped.</summary>
    public Interval PublishedRange => new(Numerator.Range.Low / Denominator.Range.High, Numerator.Range.High / Denominator.Range.Low);

    /// <summary>The same ratio in a document; null where a row is missing or the units differ.</summary>
    public ComparedValue? Measured(ResultsDocument document)
    {
        if (Row(document, Numerator) is not { } above || Row(document, Denominator) is not { } below || above.Unit != below.Unit)
            return null;

        // The paper did not subtract its loop, so what is held against it has the loop too.
        return ComparedValue.OfMedian(above) is { } numerator && ComparedValue.OfMedian(below) is { Value: > 0 } denominator
            ? Mover.Ratio(numerator, denominator)
            : null;
    }

    // The paper prints one function call for all platforms; each ratio takes its own platform's.
    private ResultRow? Row(ResultsDocument document, PublishedRow published)
    {
        var platform = published.Call == Call.Fcall ? Numerator.Platform : published.Platform;
        return document.Rows.FirstOrDefault(row => row.Platform == platform && row.Call == published.Call && row.Status == RowStatus.Measured);
    }
}
