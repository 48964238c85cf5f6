using SyscallBench.Model;

namespace SyscallBench.Doctor;

/// <summary>Is everything installed that builds and boots need?</summary>
public sealed class PackagesCheck : IDoctorCheck
{
    public string Name => "packages";

    public IEnumerable<Diagnosis> Look(MachineState machine)
    {
        if (machine.Packages is null)
        {
            yield return new Diagnosis(Severity.Info, Measurement.All, "Whether all packages are installed was not looked at.")
            {
                Why = "Builds and boots need some; each says so when one is missing.",
            };
        }
        else if (machine.Packages is { Missing.Count: > 0 } packages)
        {
            yield return new Diagnosis(Severity.Error, Measurement.All, $"Not installed: {string.Join(' ', packages.Missing)}.")
            {
                Why = "Builds and boots need them.",
                Remedy = packages.Remedy,
            };
        }
    }
}
