namespace SyscallBench.Model;

/// <summary>How severities look, everywhere alike.</summary>
public static class SeverityTones
{
    public static Tone Tone(this Severity severity) => severity switch
    {
        Severity.Error => Model.Tone.Bad,
        Severity.Warning => Model.Tone.Caution,
        _ => Model.Tone.Plain,
    };
}
