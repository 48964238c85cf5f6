using SyscallBench.Findings;
using SyscallBench.Fingerprints;
using SyscallBench.Machine;
using SyscallBench.Results;

namespace SyscallBench.Doctor;

/// <summary>
/// The machine at the time of a run, <c>eval/raw/machine.json</c>: kept beside the boots, because results may be made from them on another day or machine.
/// </summary>
public sealed record MachineRecord
{
    /// <summary>Name and version of this format.</summary>
    public const string CurrentSchema = "syscall-bench/machine/v1";

    /// <summary>Its name in the folder of the boots.</summary>
    public const string FileName = "machine.json";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>As the provenance keeps it.</summary>
    public required IReadOnlyDictionary<string, string> Host { get; init; }

    /// <summary>What bears on what was measured, most severe first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <param name="report">What the doctor found.</param>
    /// <param name="measured">What the run measures.</param>
    public static MachineRecord Of(DoctorReport report, Measurement measured) => new()
    {
        Host = report.Host.ToDictionary(),
        Findings = report.FindingsFor(measured),
    };

    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), JsonFormat.Serialize(this));

    /// <exception cref="UserError">Nothing was run, or the file is damaged or of another version.</exception>
    public static MachineRecord Read(string folder) =>
        JsonFormat.Read<MachineRecord>(Path.Combine(folder, FileName), CurrentSchema, "run --target=Run");
}
