namespace SyscallBench.Doctor;

/// <summary>Finds out whether KVM runs a guest here; /dev/kvm alone proves nothing.</summary>
public interface IKvmProbe
{
    Task<KvmState> ProbeAsync(CancellationToken cancellation);
}

/// <summary>What a probe of KVM found.</summary>
/// <param name="Runs">A guest booted under KVM and answered; null where that could not be tried.</param>
/// <param name="Reason">What was tried and seen, or why it was not tried.</param>
public sealed record KvmState(bool? Runs, string Reason)
{
    /// <summary>What to do where it does not run; null where nothing is known to help.</summary>
    public string? Remedy { get; init; }
}
