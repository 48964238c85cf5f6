using System.Text.Json.Serialization;
using SyscallBench.Machine;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Where a measuring thread runs (a guest's virtual CPU, or the process itself), and where everything else of its QEMU does.</summary>
/// <param name="Cpu">The one CPU it runs on; null for wherever the scheduler puts it.</param>
/// <param name="Others">CPUs of QEMU's other threads; empty for wherever the scheduler puts them.</param>
/// <param name="Why">The CPU with what is particular about it, or why none was chosen: one clause.</param>
public sealed record Pinning(int? Cpu, IReadOnlyList<int> Others, string Why)
{
    /// <summary>Kind of core on a hybrid CPU.</summary>
    public string? Core { get; init; }

    [JsonIgnore]
    public string Sentence => Cpu is not null
        ? $"vCPU pinned to {Why}; the rest of QEMU on {CpuList.Format(Others)}"
        : $"vCPU not pinned: {Why}";

    public static Pinning None(string why) => new(null, [], why);

    /// <summary>The CPU that a guest may have: none where nothing would be left for the rest of QEMU.</summary>
    public static Pinning Of(CpuChoice choice)
    {
        if (choice.Others.Count == 0)
            return None("this process may use one core only, so there is none to spare");

        var idle = choice.IdleSiblings.Count > 0 ? $", its sibling thread {CpuList.Format(choice.IdleSiblings)} left idle by QEMU" : "";
        return OfProcess(choice) with { Others = choice.Others, Why = choice.Describe() + idle };
    }

    /// <summary>For a process, which needs no other CPU beside its own.</summary>
    public static Pinning OfProcess(CpuChoice choice) => new(choice.Cpu, [], choice.Describe()) { Core = choice.Kind?.Name() };

    /// <summary>Applies it to the threads of a running QEMU, and looks whether the kernel did it.</summary>
    /// <param name="program">Process that was started: QEMU, or what started QEMU.</param>
    /// <param name="vcpu">Thread of the virtual CPU, as QEMU says.</param>
    /// <returns>Null when done, else what failed.</returns>
    public string? Apply(int program, int vcpu)
    {
        if (Cpu is not { } cpu)
            return null;

        // A number that is no thread of ours may be one of somebody else's: a wrapper may have put QEMU into a namespace of its own.
        if (ProcessTree.Members(program).Select(ThreadsOf).FirstOrDefault(threads => threads.Contains(vcpu)) is not { } threads)
            return "QEMU names a vCPU thread that is not one of its own";

        // QEMU's helper threads come and go; only the vCPU's has to be there.
        foreach (var thread in threads.Where(thread => thread != vcpu))
            _ = CpuAffinity.TrySet(thread, Others, out _);
        var done = CpuAffinity.TrySet(vcpu, [cpu], out var failure);
        return done && CpuAffinity.Get(vcpu).SequenceEqual([cpu])
            ? null
            : FormattableString.Invariant($"the kernel does not let it run on CPU {cpu} alone: {(done ? "its affinity is another" : failure)}");
    }

    private static int[] ThreadsOf(int process) =>
        DiskError.Try(() => Directory.GetDirectories($"/proc/{process}/task").Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)).ToArray()) ?? [];
}
