using SyscallBench.Machine;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Does the scheduler keep other work away from the CPUs that boots run on?</summary>
public sealed class IsolationCheck : IDoctorCheck
{
    public string Name => "isolation";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        var isolated = machine.Host.IsolatedCpus;
        var exposed = machine.Cores.Keys.Except(isolated).ToList();
        if (exposed.Count == 0 && machine.Cores.Count > 0)
            yield break;

        if (isolated.Count > 0 && machine.Cores.Count > 0)
        {
            yield return new Diagnosis(
                Severity.Warning, Measurement.Cycles, $"CPUs {CpuList.Format(isolated)} are isolated, but boots run on CPU {CpuList.Format(exposed)}.")
            {
                Why = "The scheduler may put other work on that CPU while a loop is timed, although there is a CPU where it may not.",
                Remedy = $"pin the boots to CPU {CpuList.Format(isolated)}",
            };
        }
        else if (isolated.Count == 0)
        {
            // Most machines are like this, and medians bear it: worth knowing, no more.
            yield return new Diagnosis(Severity.Info, Measurement.Cycles, "No CPU is isolated from the scheduler.")
            {
                Why = "Other work may interrupt a timed loop; such rounds are seen as outliers.",
                Remedy = "for a CPU of its own, boot with isolcpus=N nohz_full=N rcu_nocbs=N",
            };
        }
    }
}
