using System.Globalization;

namespace SyscallBench.Machine;

/// <summary>Reads the topology from sysfs (Documentation/ABI/stable/sysfs-devices-system-cpu).</summary>
public static class TopologyReader
{
    private const string Folder = "/sys/devices/system/cpu";

    /// <param name="files">The machine's files.</param>
    /// <param name="allowed">CPUs that this process may run on.</param>
    public static Topology Read(SystemFiles files, IReadOnlyList<int> allowed)
    {
        var online = CpuList.ParseOrNone(files.Read($"{Folder}/online"));
        return new Topology
        {
            // Without sysfs every allowed CPU counts as a core of its own.
            Cpus = [.. (online.Count > 0 ? online : allowed).Select(cpu => ReadCpu(files, cpu))],
            Isolated = CpuList.ParseOrNone(files.Read($"{Folder}/isolated")),
            Allowed = allowed,
        };
    }

    private static LogicalCpu ReadCpu(SystemFiles files, int cpu) =>
        new(cpu, ReadNumber(files, cpu, "physical_package_id") ?? 0, ReadNumber(files, cpu, "core_id") ?? cpu);

    private static int? ReadNumber(SystemFiles files, int cpu, string name)
    {
        var text = files.ReadValue(string.Create(CultureInfo.InvariantCulture, $"{Folder}/cpu{cpu}/topology/{name}"));
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
