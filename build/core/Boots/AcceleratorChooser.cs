using SyscallBench.Machine;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>What the guests run on.</summary>
/// <param name="Reason">Why this one, and why not the other: one sentence.</param>
public sealed record AcceleratorChoice(Accelerator Accelerator, string Reason);

/// <summary>Chooses the accelerator: KVM where a guest really runs under it, else TCG.</summary>
/// <param name="cacheFile">Where a yes is kept until anything that it depends on changes; losing it costs seconds.</param>
public sealed class AcceleratorChooser(KvmProbe probe, SystemFiles files, string cacheFile)
{
    /// <param name="asked">What the user asked for; null to find out.</param>
    /// <param name="inputs">What the answer depends on besides this start of the machine: version of QEMU, hashes of the probe's images.</param>
    /// <exception cref="UserError">KVM was asked for by name and does not work, or a CPU model does not that was asked for.</exception>
    public async Task<AcceleratorChoice> ChooseAsync(
        Accelerator? asked, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        if (asked == Accelerator.Tcg)
            return new(Accelerator.Tcg, "TCG with exact instruction counts, as asked for");

        var answer = await AskAsync(asked, inputs, cancellation).ConfigureAwait(false);
        return answer.Works == true ? new(Accelerator.Kvm, "KVM: a guest ran under it")
            : asked == Accelerator.Kvm ? throw new UserError($"--accel=kvm: {answer.Reason}; use --accel=auto or tcg")
            : new(Accelerator.Tcg, $"TCG with exact instruction counts: {answer.Reason}");
    }

    private async Task<KvmAnswer> AskAsync(Accelerator? asked, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        var question = new SortedDictionary<string, string>(inputs.ToDictionary(), StringComparer.Ordinal) { ["boot"] = files.Read("/proc/sys/kernel/random/boot_id") ?? "" };

        // Whether the device opens costs nothing to find out, and changes without a restart. Who asks for KVM by name has mended something, perhaps.
        if (asked is null && KvmDevice.Read().WhyClosed is null && JsonFormat.Recall<Remembered>(cacheFile) is { Answer.Works: true } known && known.Question.SequenceEqual(question))
            return known.Answer;

        // A no is never remembered: what was in the way may be gone.
        var answer = await probe.AskAsync(cancellation).ConfigureAwait(false);
        if (answer.Works == true)
            AtomicFile.Write(cacheFile, JsonFormat.Serialize(new Remembered(question, answer)));
        return answer;
    }

    private sealed record Remembered(SortedDictionary<string, string> Question, KvmAnswer Answer);
}
