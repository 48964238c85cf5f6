using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>
/// What the boots of a platform in a setting said besides their rounds: <c>eval/parsed/&lt;platform&gt;/&lt;setting&gt;.json</c>, beside the samples in
/// <c>&lt;setting&gt;.csv</c>. So results can be made from <c>eval/parsed</c> alone.
/// </summary>
public sealed record PlatformFacts
{
    /// <summary>Name and version of this format.</summary>
    public const string CurrentSchema = "syscall-bench/parsed/v2";

    public string Schema { get; init; } = CurrentSchema;

    public required string Platform { get; init; }

    /// <summary>Boots whose samples are in the file.</summary>
    public required int Boots { get; init; }

    /// <summary>Samples in the file.</summary>
    public required int Samples { get; init; }

    /// <summary>Boots that are left out, and why.</summary>
    public IReadOnlyList<RejectedBoot> RejectedBoots { get; init; } = [];

    /// <summary>Parameters of the boots; null where the logs do not say (the artifact's format).</summary>
    public BeginRecord? Begin { get; init; }

    public CpuRecord? Cpu { get; init; }

    public ClockRecord? Clock { get; init; }

    /// <summary>What the guest said about itself in its first boot that counts.</summary>
    public IReadOnlyDictionary<string, string> States { get; init; } = new Dictionary<string, string>();

    /// <summary>The program cannot see interrupts, because it runs in ring 0.</summary>
    public bool InterruptsInvisible { get; init; }

    /// <summary>What may spoil a round and the program could see in every round of every boot; of anything else, nothing is known.</summary>
    public Disturbance Seen { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <exception cref="UserError">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, JsonFormat.Serialize(this));

    /// <exception cref="UserError">The file is missing, no JSON, or of another version.</exception>
    public static PlatformFacts Read(string path)
    {
        const string Remedy = "run --target=Parse to make it";
        var facts = JsonFormat.Read<PlatformFacts>(path, CurrentSchema, Remedy);
        return facts.States.Values.All(state => state is not null) ? facts : throw new UserError($"{path} cannot be understood: a state is null; {Remedy}");
    }
}

/// <param name="Boot">Boot of the platform, from 0.</param>
/// <param name="Reason">Why nothing of it is used.</param>
public sealed record RejectedBoot(int Boot, string Reason);
