namespace SyscallBench.Build.Terminal;

/// <summary>A time as a person says it.</summary>
internal static class Duration
{
    /// <summary><c>12 s</c>, <c>3 min</c>, <c>1.5 h</c>: no finer than a guess deserves.</summary>
    public static string Text(TimeSpan time) => time.TotalSeconds switch
    {
        < 90 => FormattableString.Invariant($"{time.TotalSeconds:0} s"),
        < 90 * 60 => FormattableString.Invariant($"{time.TotalMinutes:0} min"),
        _ => FormattableString.Invariant($"{time.TotalHours:0.0} h"),
    };
}
