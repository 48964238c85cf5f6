namespace SyscallBench.Model;

/// <summary>How much a finding matters to whoever reads the numbers.</summary>
public enum Severity
{
    /// <summary>Worth knowing; changes no conclusion.</summary>
    Info,

    /// <summary>May change a conclusion.</summary>
    Warning,

    /// <summary>A number is missing or must not be used.</summary>
    Error,
}

/// <summary>Something that was noticed: collected while working, printed together at the end, and kept with the results.</summary>
/// <param name="Subject">What it is about: a platform, a boot (<c>linux boot 2</c>), a file, the machine.</param>
/// <param name="Seen">What was seen, one sentence with its figures.</param>
/// <param name="Remedy">What to run or change next; null where nothing can be done.</param>
public sealed record Finding(Severity Severity, string Subject, string Seen, string? Remedy = null)
{
    /// <summary>Why that matters for the numbers, one sentence; null where <see cref="Seen"/> says it all.</summary>
    public string? Why { get; init; }
}
