using System.Globalization;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Applies a <see cref="Pinning"/> to the threads of a running QEMU.</summary>
public static class ThreadPinner
{
    /// <returns>Null when done, else what failed.</returns>
    public static string? Apply(Pinning pinning, int qemu, IReadOnlyList<VcpuThread> vcpus)
    {
        if (pinning.Vcpu is not { } cpu)
            return null;

        foreach (var thread in Threads(qemu))
        {
            var isVcpu = vcpus.Any(vcpu => vcpu.Thread == thread);
            var failure = CpuAffinity.TrySet(thread, isVcpu ? [cpu] : pinning.Others);

            // QEMU's helper threads come and go; only the vCPU's has to be there.
            if (failure is not null && isVcpu)
                return string.Create(CultureInfo.InvariantCulture, $"vCPU not pinned: CPU {cpu}: {failure}");
        }

        return null;
    }

    private static List<int> Threads(int process) =>
        [.. Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task"))
            .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))];
}
