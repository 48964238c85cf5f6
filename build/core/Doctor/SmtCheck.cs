using SyscallBench.Machine;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Does another hardware thread share the core of a CPU that boots run on?</summary>
public sealed class SmtCheck : IDoctorCheck
{
    private const string Why = "Two threads of a core share its execution units and caches: work on one slows the other down.";

    public string Name => "smt";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        if (machine.Cores.Count == 0 && machine.Host.Smt == true)
        {
            yield return new Diagnosis(Severity.Warning, Measurement.Cycles, "Every core runs two threads at once (SMT is on).")
            {
                Why = Why,
                Remedy = "echo off | sudo tee /sys/devices/system/cpu/smt/control (and when done: echo on …)",
            };
        }

        foreach (var (cpu, core) in machine.Cores.OrderBy(entry => entry.Key))
        {
            var others = core.Where(sibling => sibling != cpu).ToList();
            if (others.Count == 0)
                continue;

            yield return new Diagnosis(Severity.Warning, Measurement.Cycles, $"CPU {cpu}, on which boots run, shares its core with CPU {CpuList.Format(others)}.")
            {
                Why = Why,
                Remedy = string.Join("; ", others.Select(other => $"echo 0 | sudo tee /sys/devices/system/cpu/cpu{other}/online")) + " (and when done: echo 1 …)",
            };
        }
    }
}
