using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>What the results of one platform in one setting are made from.</summary>
public sealed record PlatformInput
{
    public required string Platform { get; init; }

    public required Unit Unit { get; init; }

    /// <summary>What its boots have in common; null where it was not booted.</summary>
    public ResultSetting? Setting { get; init; }

    /// <summary>Why the platform was not measured, and the remedy; null where it was.</summary>
    public string? NotMeasured { get; init; }

    /// <summary>The system call that was asked for; null for the platform's own.</summary>
    public string? SystemCall { get; init; }

    /// <summary>What the platform's <c>scall</c> measures where that is not the noop call.</summary>
    public string? Note { get; init; }

    /// <summary>Its samples, boot by boot.</summary>
    public IEnumerable<Sample> Samples { get; init; } = [];

    /// <summary>What its boots said besides; null where there is nothing.</summary>
    public PlatformFacts? Facts { get; init; }

    /// <summary>
    /// TSC frequency in kHz as the host measured it against its own clock, for guests that do not know theirs; null where nobody did.
    /// </summary>
    public long? CalibratedKhz { get; init; }

    /// <summary>Where <see cref="CalibratedKhz"/> is from.</summary>
    public string Calibration { get; init; } = "calibration";

    /// <summary>What to do where nobody knows the TSC's frequency.</summary>
    public string ClockRemedy { get; init; } = "--target=Doctor says what the machine knows";

    /// <summary>Reads what Parse left in <paramref name="folder"/> for a platform in a setting.</summary>
    /// <exception cref="UserError">The platform was not parsed.</exception>
    public static PlatformInput FromParsed(string folder, string platform, Unit unit, string? setting = null) => new()
    {
        Platform = platform,
        Unit = unit,
        Facts = PlatformFacts.Read(PlatformParser.FactsPath(folder, platform, setting)),
        Samples = SampleCsv.Read(PlatformParser.SamplesPath(folder, platform, setting)),
    };
}
