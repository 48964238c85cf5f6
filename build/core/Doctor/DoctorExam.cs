using SyscallBench.Machine;

namespace SyscallBench.Doctor;

/// <summary>Looks at a machine and says what it is fit to measure.</summary>
/// <param name="checks">In the order of the report.</param>
public sealed class DoctorExam(IReadOnlyList<IDoctorCheck> checks)
{
    /// <summary>Reads the machine and judges it.</summary>
    /// <param name="files">The machine's own files.</param>
    /// <param name="request">What it will be used for.</param>
    /// <param name="cancellation">Ends the probes.</param>
    public async Task<DoctorReport> RunAsync(SystemFiles files, DoctorRequest request, CancellationToken cancellation) =>
        Judge(await MachineStateReader.ReadAsync(files, request, cancellation));

    /// <summary>Judges what was read already.</summary>
    public DoctorReport Judge(MachineState machine) =>
        new(machine.Host, [.. checks.Select(check => new CheckResult(check.Name, [.. check.Look(machine)]))]);
}
