using SyscallBench.Findings;

namespace SyscallBench.Tones;

/// <summary>How severities look, everywhere alike.</summary>
public static class SeverityTones
{
    public static Tone Tone(this Severity severity) => severity switch
    {
        Severity.Error => Tones.Tone.Bad,
        Severity.Warning => Tones.Tone.Caution,
        _ => Tones.Tone.Plain,
    };
}
