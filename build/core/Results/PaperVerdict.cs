using SyscallBench.Platforms;

namespace SyscallBench.Results;

/// <summary>One published ratio, what was measured here, and what that says.</summary>
/// <param name="Measured">The ratio here; null where a row is missing.</param>
/// <param name="Reason">Why, in the machine's own words where it gives any.</param>
public sealed record ClaimVerdict(RatioClaim Claim, ComparedValue? Measured, Outcome Outcome, string Reason);

/// <summary>
/// Compares a document with the published table. Ratios are compared, since cycles of different CPUs cannot be, by an equivalence test: agreement has
/// to be shown, and is not concluded from a difference that was not found (Schuirmann, "A comparison of the two one-sided tests procedure…", Journal of
/// Pharmacokinetics and Biopharmaceutics 15, 1987).
/// </summary>
public static class PaperVerdict
{
    // A fifth, either way, multiplicatively: wide enough for another CPU generation or a few kernel releases, and well inside the smallest published
    // effect (a factor of 1.44 between mitigations on and off), so that a reproduced ratio cannot hide that effect's absence.
    private const double Margin = 0.20;

    public static IReadOnlyList<ClaimVerdict> Of(ResultsDocument document) => [.. PublishedTable.Ratios.Select(claim => Judge(document, claim))];

    private static ClaimVerdict Judge(ResultsDocument document, RatioClaim claim)
    {
        var measured = claim.Measured(document);
        if (measured is null)
            return new(claim, null, Outcome.NotComparable, "a row of the ratio was not measured");
        if (document.Unit != Unit.Cycles)
            return new(claim, measured, Outcome.NotComparable, "instruction counts cannot reproduce cycles");
        if (claim.NeedsMitigations && OtherMitigations(document) is { } reason)
            return new(claim, measured, Outcome.NotComparable, reason);

        var outcome = Judge(claim.PublishedRange, measured.Value.Ci95);
        return new(claim, measured, outcome, outcome switch
        {
            Outcome.Reproduced => "the interval lies within a fifth of the published ratio",
            Outcome.Different => "the interval lies more than a fifth away from the published ratio",
            _ when measured.Value.Ci95 is null => "there is no interval; measure more boots (--runs)",
            _ => "the interval reaches over the margin of a fifth; measure more boots (--runs)",
        });
    }

    /// <param name="published">The published ratio, as the range that its rounded parts allow.</param>
    /// <param name="measured">95 % interval of the measured ratio; null where there is none.</param>
    internal static Outcome Judge(Interval published, Interval? measured)
    {
        var (low, high) = (published.Low / (1 + Margin), published.High * (1 + Margin));
        return measured is not { } interval ? Outcome.Inconclusive
            : interval.Low >= low && interval.High <= high ? Outcome.Reproduced
            : interval.High < low || interval.Low > high ? Outcome.Different
            : Outcome.Inconclusive;
    }

    /// <summary>
    /// The published mitigations cost 222 - 154 = 68 cycles, which is less than the two CR3 writes of KPTI: that CPU ran others, and no KPTI. A machine
    /// with another set of mitigations answers another question.
    /// </summary>
    private static string? OtherMitigations(ResultsDocument document)
    {
        var states = Provenance.Vulnerabilities(document.Provenance.Guests.GetValueOrDefault(PlatformCatalog.Linux.Name));
        var meltdown = states.GetValueOrDefault("meltdown", "not listed");
        return states.Count == 0 ? "the guest did not say which mitigations it runs with"
            : meltdown.Contains("PTI", StringComparison.Ordinal) ? $"this CPU needs KPTI (meltdown: {meltdown}), which the published 68 cycles of mitigations leave no room for"
            : !states.Values.Any(Provenance.IsMitigated) ? $"this CPU needs no KPTI and no other mitigation (meltdown: {meltdown}), so there is nothing to switch off"
            : null;
    }
}

public enum Outcome
{
    /// <summary>The interval lies inside the margin around the published ratio.</summary>
    Reproduced,

    /// <summary>The interval lies outside the margin.</summary>
    Different,

    /// <summary>The interval reaches over the margin's edge, or there is none.</summary>
    Inconclusive,

    /// <summary>The two are answers to different questions.</summary>
    NotComparable,
}

/// <summary>
/// Table 1 of the EuroSys'21 paper: medians in TSC cycles on an Intel i7-9700K at 3.6 GHz with a Linux 5.11 guest, 25 boots of 20 rounds of 1,000,000 calls.
/// Source: S. Kuenzer et al., "Unikraft: Fast, Specialized Unikernels the Easy Way", EuroSys 2021, and its artifact's tab_01.
/// </summary>
public static class PublishedTable
{
    public const string Machine = "Intel i7-9700K at 3.6 GHz, Linux 5.11";

    private static readonly PublishedRow _linux = new(PlatformCatalog.Linux.Name, Call.Scall, 222);
    private static readonly PublishedRow _unmitigated = new(PlatformCatalog.LinuxWithoutMitigations.Name, Call.Scall, 154);
    private static readonly PublishedRow _unikraft = new(PlatformCatalog.Unikraft.Name, Call.Scall, 84);
    private static readonly PublishedRow _function = new(PlatformCatalog.Linux.Name, Call.Fcall, 4);

    public static IReadOnlyList<PublishedRow> Rows { get; } = [_linux, _unmitigated, _unikraft, _function];

    public static IReadOnlyList<RatioClaim> Ratios { get; } =
    [
        new(_linux, _unikraft, NeedsMitigations: true),
        new(_unmitigated, _unikraft, NeedsMitigations: false),
        new(_linux, _unmitigated, NeedsMitigations: true),
        new(_unikraft, _function, NeedsMitigations: false),
    ];
}

/// <param name="Cycles">Per call. The artifact dropped decimals, so each is known to plus or minus one half.</param>
public sealed record PublishedRow(string Platform, Call Call, double Cycles)
{
    /// <summary>What the printed number can have been before its decimals were dropped.</summary>
    public Interval Range => new(Cycles - 0.5, Cycles + 0.5);
}

/// <summary>A ratio of two rows that the paper's table implies.</summary>
/// <param name="NeedsMitigations">Whether the ratio depends on which mitigations the CPU asks for.</param>
public sealed record RatioClaim(PublishedRow Numerator, PublishedRow Denominator, bool NeedsMitigations)
{
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
