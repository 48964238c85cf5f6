using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>May a core run faster than its base frequency?</summary>
public sealed class TurboCheck : IDoctorCheck
{
    public string Name => "turbo";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        if (machine.Host.Frequency.Turbo == true)
        {
            yield return new Diagnosis(Severity.Warning, Measurement.Cycles, "Turbo is on.")
            {
                Why = "How far a core exceeds its base frequency depends on the temperature and on what the other cores do.",
                Remedy = "sudo tools/tune-cpu pin (and when done: sudo tools/tune-cpu restore)",
            };
        }
    }
}
