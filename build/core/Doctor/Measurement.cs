namespace SyscallBench.Doctor;

/// <summary>What a machine can be fit for; a sum of flags.</summary>
[Flags]
public enum Measurement
{
    None = 0,

    /// <summary>TSC cycles of guests under KVM.</summary>
    Kvm = 1,

    /// <summary>Instructions of guests under TCG: exact whatever the machine does, as long as it does it at all.</summary>
    Tcg = 2,

    /// <summary>TSC cycles on this machine itself.</summary>
    Host = 4,

    /// <summary>Everything that reads a real clock.</summary>
    Cycles = Kvm | Host,

    All = Kvm | Tcg | Host,
}
