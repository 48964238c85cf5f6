using System.Text.Json;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>Chooses the accelerator: KVM where a guest really runs under it, else TCG.</summary>
/// <param name="probe">Tries KVM.</param>
/// <param name="files">The machine's files.</param>
/// <param name="cacheFile">Where the answer is kept until the machine restarts or QEMU changes; losing it costs seconds.</param>
public sealed class AcceleratorChooser(KvmProbe probe, SystemFiles files, string cacheFile)
{
    /// <param name="asked">What the user asked for; null to find out.</param>
    /// <param name="inputs">What the answer depends on besides this start of the machine: version of QEMU, hashes of the probe's images.</param>
    /// <param name="cancellation">Ends the probe.</param>
    /// <exception cref="UserError">KVM was asked for by name and does not work.</exception>
    public async Task<AcceleratorChoice> ChooseAsync(
        Accelerator? asked, IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        switch (asked)
        {
            case Accelerator.Tcg:
                return new(Accelerator.Tcg, "TCG with exact instruction counts, as asked for");
            case Accelerator.TcgNoIcount:
                return new(Accelerator.TcgNoIcount, "TCG without instruction counting, as asked for: measures nothing");
        }

        var why = await WhyNoKvmAsync(inputs, cancellation).ConfigureAwait(false);
        return (asked, why) switch
        {
            (_, null) => new(Accelerator.Kvm, "KVM: a guest ran under it"),
            (Accelerator.Kvm, _) => throw new UserError($"--accel=kvm: {why}; use --accel=auto or tcg"),
            _ => new(Accelerator.Tcg, $"TCG with exact instruction counts: {why}"),
        };
    }

    private async Task<string?> WhyNoKvmAsync(IReadOnlyDictionary<string, string> inputs, CancellationToken cancellation)
    {
        // Whether the device opens costs nothing to find out, and changes without a restart.
        if (KvmProbe.WhyClosed() is { } closed)
            return closed;

        var question = new SortedDictionary<string, string>(inputs.ToDictionary(), StringComparer.Ordinal)
        {
            ["boot"] = files.Read("/proc/sys/kernel/random/boot_id") ?? "",
        };
        if (Read() is { } known && Fingerprint.FirstDifference(known.Question, question) is null)
            return known.WhyUnusable;

        var why = await probe.WhyUnusableAsync(cancellation).ConfigureAwait(false);
        AtomicFile.Write(cacheFile, JsonSerializer.Serialize(new Answer(question, why), BootJson.Options));
        return why;
    }

    private Answer? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(File.ReadAllText(cacheFile), BootJson.Options);
        }
        catch (Exception none) when (none is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Answer(IReadOnlyDictionary<string, string> Question, string? WhyUnusable);
}
