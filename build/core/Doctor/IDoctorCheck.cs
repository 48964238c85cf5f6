namespace SyscallBench.Doctor;

/// <summary>
/// Judges one side of the machine. To add one: a class in <c>Checks/</c>, and a line in <see cref="DoctorChecks"/>. Checks read nothing
/// themselves: what they need is in <see cref="MachineState"/>.
/// </summary>
public interface IDoctorCheck
{
    /// <summary>One word, as the report and its JSON name the check.</summary>
    string Name { get; }

    /// <summary>What is noteworthy; nothing where all is well.</summary>
    IEnumerable<Diagnosis> Look(MachineState machine);
}
