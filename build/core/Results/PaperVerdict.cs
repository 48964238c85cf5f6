using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Results;

/// <summary>One published ratio, what was measured here, and what that says.</summary>
/// <param name="Claim">The published ratio.</param>
/// <param name="Measured">The ratio here; null where a row is missing.</param>
/// <param name="Outcome">The verdict.</param>
/// <param name="Reason">Why, in the machine's own words where it gives any.</param>
public sealed record ClaimVerdict(RatioClaim Claim, ComparedValue? Measured, Outcome Outcome, string Reason);

/// <summary>Compares a document with the published table. Ratios are compared, since cycles of different CPUs cannot be.</summary>
public static class PaperVerdict
{
    public static IReadOnlyList<ClaimVerdict> Of(ResultsDocument document) => [.. RatioClaim.All.Select(claim => Judge(document, claim))];

    private static ClaimVerdict Judge(ResultsDocument document, RatioClaim claim)
    {
        var measured = claim.Measured(document);
        if (measured is null)
            return new(claim, null, Outcome.NotComparable, "a row of the ratio was not measured");
        if (document.Unit != Unit.Cycles)
            return new(claim, measured, Outcome.NotComparable, "instruction counts cannot reproduce cycles");
        if (claim.NeedsMitigations && OtherMitigations(document) is { } reason)
            return new(claim, measured, Outcome.NotComparable, reason);

        var outcome = Equivalence.Judge(claim.PublishedRange, measured.Value.Ci95);
        return new(claim, measured, outcome, outcome switch
        {
            Outcome.Reproduced => "the interval lies within a fifth of the published ratio",
            Outcome.Different => "the interval lies more than a fifth away from the published ratio",
            _ when measured.Value.Ci95 is null => "there is no interval; measure more boots (--runs)",
            _ => "the interval reaches over the margin of a fifth; measure more boots (--runs)",
        });
    }

    /// <summary>
    /// The published mitigations cost 222 - 154 = 68 cycles, which is less than the two CR3 writes of KPTI: that CPU ran others, and no KPTI. A machine
    /// with another set of mitigations answers another question.
    /// </summary>
    private static string? OtherMitigations(ResultsDocument document) => GuestMitigations.Of(document, PlatformCatalog.Linux.Name) switch
    {
        null => "the guest did not say which mitigations it runs with",
        { HasKpti: true } guest => $"this CPU needs KPTI (meltdown: {guest.Meltdown}), which the published 68 cycles of mitigations leave no room for",
        { Any: false } guest => $"this CPU needs no KPTI and no other mitigation (meltdown: {guest.Meltdown ?? "not listed"}), so there is nothing to switch off",
        _ => null,
    };
}

/// <summary>What a measured ratio says about a published one.</summary>
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
/// An equivalence test by confidence interval: agreement has to be shown, and is not concluded from a difference that was not found
/// (Schuirmann, "A comparison of the two one-sided tests procedure…", Journal of Pharmacokinetics and Biopharmaceutics 15, 1987).
/// </summary>
public static class Equivalence
{
    /// <summary>
    /// A fifth, either way, multiplicatively: wide enough for another CPU generation or a few kernel releases, and well inside the smallest published
    /// effect (a factor of 1.44 between mitigations on and off), so that a reproduced ratio cannot hide that effect's absence.
    /// </summary>
    public const double Margin = 0.20;

    /// <param name="published">The published ratio, as the range that its rounded parts allow.</param>
    /// <param name="measured">95 % interval of the measured ratio; null where there is none.</param>
    public static Outcome Judge(Interval published, Interval? measured)
    {
        if (measured is not { } interval)
            return Outcome.Inconclusive;

        var low = published.Low / (1 + Margin);
        var high = published.High * (1 + Margin);
        if (interval.Low >= low && interval.High <= high)
            return Outcome.Reproduced;
        return interval.High < low || interval.Low > high ? Outcome.Different : Outcome.Inconclusive;
    }
}
