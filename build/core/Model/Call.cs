namespace SyscallBench.Model;

/// <summary>What is called in a timed loop. The lower-case name is what files and tables say.</summary>
public enum Call
{
    /// <summary>The two clock reads themselves, nothing between.</summary>
    Tsc,

    /// <summary>The bare loop.</summary>
    Empty,

    /// <summary>A function call.</summary>
    Fcall,

    /// <summary>A system call.</summary>
    Scall,
}

/// <summary>What a number counts. Units are never mixed in one column, compared with each other or converted.</summary>
public enum Unit
{
    /// <summary>TSC ticks, under KVM and on the host.</summary>
    Cycles,

    /// <summary>Guest instructions, under TCG with instruction counting.</summary>
    Instructions,
}
