using SyscallBench.Machine;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>What the guests run on.</summary>
/// <param name="Reason">Why this one, and why not the other: one sentence.</param>
public sealed record AcceleratorChoice(Accelerator Accelerator, string Reason);

/// <summary>Chooses the accelerator: KVM where a guest really runs under it, else TCG.</summary>
/// <param name="cacheFile">Where the question that had a yes is kept until anything that it depends on changes; losing it costs seconds.</param>
public sealed class AcceleratorChooser(KvmProbe probe, SystemFiles files, string cacheFile)
{
    /// <param name="asked">What the user asked for; null to find out.</param>
    /// <param name="inputs">What the answer depends on besides this start of the machine: version of QEMU, hashes of the probe's images.</param>
    /// <exception cref="UserError">KVM was asked for by name and does not work, or a CPU model does not that was asked for.</exception>
    public async Task<AcceleratorChoice> ChooseAsync(Accelerator? asked, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        if (asked == Accelerator.Tcg)
            return new(Accelerator.Tcg, "TCG with exact instruction counts, as asked for");

        var works = new AcceleratorChoice(Accelerator.Kvm, "KVM: a guest ran under it");
        var question = new SortedDictionary<string, string>(inputs.ToDictionary(), StringComparer.Ordinal) { ["boot"] = files.Read("/proc/sys/kernel/random/boot_id") ?? "" };

        // Whether the device opens costs nothing to find out, and changes without a restart. Who asks for KVM by name has mended something, perhaps.
        if (asked is null && KvmDevice.Read().WhyClosed is null && JsonFormat.Recall<SortedDictionary<string, string>>(cacheFile)?.SequenceEqual(question) == true)
            return works;

        var answer = await probe.AskAsync(cancellation).ConfigureAwait(false);
        if (answer.Works == true)
        {
            // A no is never remembered: what was in the way may be gone.
            AtomicFile.Write(cacheFile, JsonFormat.Serialize(question));
            return works;
        }

        return asked == Accelerator.Kvm
            ? throw new UserError($"--accel=kvm: {answer.Reason}; use --accel=auto or tcg")
            : new(Accelerator.Tcg, $"TCG with exact instruction counts: {answer.Reason}");
    }
}
