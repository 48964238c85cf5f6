using SyscallBench.Model;

namespace SyscallBench.Results;

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
