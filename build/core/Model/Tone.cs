namespace SyscallBench.Model;

/// <summary>What a word says about what it stands beside; a terminal may show it as a colour, and a reader who sees none misses nothing.</summary>
public enum Tone
{
    /// <summary>No colour.</summary>
    Plain,

    /// <summary>Where something begins.</summary>
    Heading,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>To be looked at.</summary>
    Caution,

    /// <summary>Wrong, or worse than allowed.</summary>
    Bad,
}
