namespace SyscallBench.Doctor;

/// <summary>How fit a machine is for one <see cref="Measurement"/>: as good as the most severe finding that affects it.</summary>
public enum Grade
{
    /// <summary>No warning and no error.</summary>
    Fit,

    /// <summary>At least one warning: numbers come out, and may come out different on another day.</summary>
    FitWithCare,

    /// <summary>At least one error: there will be no number, or one that must not be used.</summary>
    NotFit,
}
