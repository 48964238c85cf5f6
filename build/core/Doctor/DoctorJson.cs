using SyscallBench.Results;

namespace SyscallBench.Doctor;

/// <summary>Writes a report as JSON.</summary>
public static class DoctorJson
{
    public static string Serialize(DoctorReport report) => JsonFormat.Serialize(DoctorDocument.Of(report)).TrimEnd();
}
