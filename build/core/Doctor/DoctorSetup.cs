using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Doctor;

/// <summary>What a run of the whole experiment asks of this machine.</summary>
public sealed class DoctorSetup(Workspace workspace, ProcessRunner processes, SystemFiles files)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>CPU model that guests are given under KVM; null for the default.</summary>
    public string? GuestCpu { get; init; }

    /// <summary>What has to be installed for.</summary>
    public PackageUse Uses { get; init; } = PackageUse.Boot | PackageUse.Compile;

    public DoctorRequest Request() => new()
    {
        Cpus = CpuChoice.Of(Topology.Read(files)) is { Others.Count: > 0 } choice ? [choice.Cpu] : [],
        Kvm = Kvm(),
        Packages = new PackageState(new HostPackages(new CommandRunner(processes), null, isRoot: false).Missing(Uses)),

        // What a kernel's source, its objects and everything else take, with some room.
        Folders =
        [
            new FolderNeed(workspace.Artifacts, 6144 * Mebibyte),
            new FolderNeed(workspace.RawEvaluation, 256 * Mebibyte),
            new FolderNeed(workspace.Results, 64 * Mebibyte),
        ],
    };

    private GuestKvmProbe Kvm()
    {
        var images = new ImageSet().Add(Image.Floor, workspace.FloorElf).Add(Image.Benchmark, workspace.BenchmarkElf);
        return new GuestKvmProbe(
            new KvmProbe(new QemuRunner(processes, files), images, "qemu-system-x86_64", GuestCpu ?? Accelerator.Kvm.DefaultCpu()), images);
    }
}
