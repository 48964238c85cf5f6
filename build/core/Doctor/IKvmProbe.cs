namespace SyscallBench.Doctor;

/// <summary>Finds out whether KVM runs a guest here; /dev/kvm alone proves nothing.</summary>
public interface IKvmProbe
{
    Task<KvmState> ProbeAsync(CancellationToken cancellation);
}

/// <summary>What a probe of KVM found.</summary>
/// <param name="Runs">A guest booted under KVM and answered.</param>
/// <param name="Reason">What was tried and seen, one sentence.</param>
/// <param name="Remedy">What to do where it does not run; null where nothing can be done.</param>
public sealed record KvmState(bool Runs, string Reason, string? Remedy = null);
