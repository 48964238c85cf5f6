using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;
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
        Kvm = TryKvmAsync,
        MissingPackages = new HostPackages(processes, null, isRoot: false).Missing(Uses),

        // What a kernel's source, its objects and everything else take, with some room.
        Folders =
        [
            (workspace.Artifacts, 6144 * Mebibyte),
            (workspace.RawEvaluation, 256 * Mebibyte),
            (workspace.Results, 64 * Mebibyte),
        ],
    };

    // Asks the probe that Run asks, as far as there is a guest to try it with. Nothing is remembered: what was seen before is not what is now.
    private async Task<KvmState> TryKvmAsync(HostFacts host, CancellationToken cancellation)
    {
        var device = KvmDevice.Read();
        if (device.WhyClosed is { } closed)
            return new KvmState(false, closed) { Remedy = device.Remedy(host) };

        var images = new ImageSet().Add(Image.Floor, workspace.FloorElf).Add(Image.Benchmark, workspace.BenchmarkElf);
        if (new FloorRing3Platform().Images.Any(image => images.WhyMissing(image) is not null))
            return new KvmState(null, "the guest that tries it is not built") { Remedy = "./build.sh --target=BuildBenchmark --target=BuildFloor --target=Doctor" };

        var probe = new KvmProbe(new QemuRunner(processes, files), images, QemuCommand.DefaultProgram, GuestCpu);
        try
        {
            var answer = await probe.AskAsync(cancellation);
            return new KvmState(answer.Works, answer.Reason);
        }
        catch (UserError error)
        {
            // No QEMU, for example: that says nothing about KVM.
            return new KvmState(null, error.Message);
        }
    }
}
