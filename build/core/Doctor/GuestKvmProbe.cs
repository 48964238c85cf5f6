using SyscallBench.Boots;
using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Doctor;

/// <summary>Asks the probe that Run asks, as far as there is a guest to try it with.</summary>
/// <param name="probe">Boots the floor guest under KVM.</param>
/// <param name="images">Where that guest is.</param>
public sealed class GuestKvmProbe(KvmProbe probe, ImageSet images) : IKvmProbe
{
    public async Task<KvmState> ProbeAsync(CancellationToken cancellation)
    {
        if (KvmProbe.WhyClosed() is { } closed)
            return new KvmState(false, closed);
        if (new FloorRing3Platform().Images.Any(image => images.WhyMissing(image) is not null))
            return new KvmState(null, "the guest that tries it is not built") { Remedy = "./build.sh --target=BuildBenchmark --target=BuildFloor --target=Doctor" };

        try
        {
            var reason = await probe.WhyUnusableAsync(cancellation);
            return new KvmState(reason is null, reason ?? "a guest ran under it");
        }
        catch (UserError error)
        {
            // No QEMU, for example: that says nothing about KVM.
            return new KvmState(null, error.Message);
        }
    }
}
