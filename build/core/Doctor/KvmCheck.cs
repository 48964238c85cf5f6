using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Does a guest run under KVM? Only a boot tells.</summary>
public sealed class KvmCheck : IDoctorCheck
{
    public string Name => "kvm";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        if (machine.Kvm is { Runs: false } kvm)
        {
            yield return new Diagnosis(Severity.Error, Measurement.Kvm, $"{kvm.Reason.TrimEnd('.')}.")
            {
                Why = "Without KVM guests are emulated: their instructions can be counted exactly, their cycles not at all.",
                Remedy = kvm.Remedy ?? "measure on hardware, or in a virtual machine with nested virtualisation; here, take the counts: --accel=tcg",
            };
        }
        else if (machine.Kvm is not { Runs: true })
        {
            yield return new Diagnosis(
                Severity.Warning, Measurement.Kvm, $"Whether a guest runs under KVM was not tried: {machine.Kvm?.Reason.TrimEnd('.') ?? "nobody asked"}.")
            {
                Why = "/dev/kvm may exist and open, and still no guest run.",
                Remedy = machine.Kvm?.Remedy,
            };
        }
    }
}
