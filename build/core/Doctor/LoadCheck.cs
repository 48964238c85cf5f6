using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Is something else at work?</summary>
public sealed class LoadCheck : IDoctorCheck
{
    /// <summary>Tasks per CPU, beyond which a boot does not find a CPU of its own for sure.</summary>
    private const double Busy = 0.25;

    public string Name => "load";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        var cpus = Math.Max(1, machine.Host.Cpu.LogicalCpus);
        if (machine.Load is { } load && load > Busy * cpus)
        {
            yield return new Diagnosis(
                Severity.Warning,
                Measurement.Cycles,
                string.Create(CultureInfo.InvariantCulture, $"In the last minute {load:F2} tasks ran or waited on {cpus} CPUs."))
            {
                Why = "Other work shares caches, memory and power with the measurement, and its CPU too.",
                Remedy = "end it, or wait; top shows what it is",
            };
        }
    }
}
