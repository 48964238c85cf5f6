using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>The doctor's enumerations as people and programs read them.</summary>
internal static class DoctorWords
{
    /// <summary>Every single measurement with its name in JSON and its title in text, in the order of the report.</summary>
    public static IReadOnlyList<(Measurement Measurement, string Name, string Title)> Measurements { get; } =
    [
        (Measurement.Kvm, "kvm", "cycles of guests under KVM"),
        (Measurement.Tcg, "tcg", "instructions of guests under TCG"),
        (Measurement.Host, "host", "cycles on this machine itself"),
    ];

    public static string Name(this Grade grade) => grade switch
    {
        Grade.Fit => "fit",
        Grade.FitWithCare => "fit-with-care",
        Grade.NotFit => "not-fit",
        _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, null),
    };

    public static string Text(this Grade grade) => grade.Name().Replace('-', ' ');

    public static Tone Tone(this Grade grade) => grade switch
    {
        Grade.Fit => Model.Tone.Good,
        Grade.FitWithCare => Model.Tone.Caution,
        _ => Model.Tone.Bad,
    };

    public static string Name(this Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>The single measurements of a sum.</summary>
    public static IReadOnlyList<string> Names(this Measurement sum) =>
        [.. Measurements.Where(entry => (sum & entry.Measurement) != 0).Select(entry => entry.Name)];
}
