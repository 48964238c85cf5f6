namespace SyscallBench.Model;

/// <summary>How QEMU runs the guest's code, which decides what a tick of the guest's TSC is.</summary>
public enum Accelerator
{
    /// <summary>On the CPU itself; the TSC counts cycles.</summary>
    Kvm,

    /// <summary>Translated, with instruction counting; the TSC counts the guest's instructions exactly, the same on every run.</summary>
    Tcg,
}

public static class Accelerators
{
    public static Unit Unit(this Accelerator accelerator) => accelerator == Accelerator.Kvm ? Model.Unit.Cycles : Model.Unit.Instructions;

    // migratable=no lets the guest see that the TSC is invariant. Skylake is a model on which mitigations cost something: KPTI, retpolines, MDS clearing; "max" would show none.
    public static string DefaultCpu(this Accelerator accelerator) => accelerator == Accelerator.Kvm ? "host,migratable=no" : "Skylake-Client-v1";

    /// <summary>The accelerator of <c>--accel</c>; null for <c>auto</c>.</summary>
    public static Accelerator? Parse(string text) => text == "auto" ? null : Enum.Parse<Accelerator>(text, ignoreCase: true);
}
