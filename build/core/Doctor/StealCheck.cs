using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Does a hypervisor below give this machine's time to somebody else?</summary>
public sealed class StealCheck : IDoctorCheck
{
    /// <summary>Less than this share is the noise of /proc/stat's ticks.</summary>
    private const double Noticeable = 0.01;

    /// <summary>From this share on, hardly a timed loop stays whole.</summary>
    private const double Heavy = 0.2;

    public string Name => "steal";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        if (machine.Times is { StealShare: >= Noticeable } times)
        {
            yield return new Diagnosis(
                times.StealShare >= Heavy ? Severity.Error : Severity.Warning,
                Measurement.Cycles,
                string.Create(CultureInfo.InvariantCulture, $"{100 * times.StealShare:F1} % of the time that this machine wanted went to others (steal)."))
            {
                Why = "A loop that is interrupted from below takes longer, and nothing in the guest sees why.",
                Remedy = "measure when the neighbours are quiet, or on hardware of its own",
            };
        }
    }
}
