using SyscallBench.Platforms;

namespace SyscallBench.Fidelity;

/// <summary>One comparison: the same call, on the same CPU model, with the same mitigations, in both kernels.</summary>
/// <param name="Cpu">QEMU's CPU model.</param>
/// <param name="Mitigations">On or off.</param>
/// <param name="Call">What is called.</param>
public sealed record FidelityCell(string Cpu, Mitigations Mitigations, ProbedCall Call)
{
    /// <summary>
    /// One model of each vendor: on the first KPTI, retpolines and MDS clearing are active, on the second untrained return thunks.
    /// </summary>
    public static IReadOnlyList<string> Cpus { get; } = ["Skylake-Client-v1", "EPYC-v1"];

    /// <summary>Every cell, in the order of the table.</summary>
    public static IReadOnlyList<FidelityCell> All { get; } =
    [
        .. from cpu in Cpus
           from mitigations in (Mitigations[])[Mitigations.On, Mitigations.Off]
           from call in ProbedCall.All
           select new FidelityCell(cpu, mitigations, call),
    ];

    /// <summary><c>on</c> or <c>off</c>.</summary>
    public string MitigationsText => Mitigations == Mitigations.Off ? "off" : "on";

    /// <inheritdoc/>
    public override string ToString() => $"{Call.Name} on {Cpu} with mitigations {MitigationsText}";
}
