using SyscallBench.Consoles;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>
/// What the boots of a platform in a setting said besides their rounds: <c>eval/parsed/&lt;platform&gt;/&lt;setting&gt;.json</c>, beside the samples in
/// <c>&lt;setting&gt;.csv</c>. So results can be made from <c>eval/parsed</c> alone.
/// </summary>
public sealed record PlatformFacts : GuestFacts
{
    public const string CurrentSchema = "syscall-bench/parsed/v2";

    public string Schema { get; init; } = CurrentSchema;

    public required string Platform { get; init; }

    /// <summary>Boots whose samples are in the file.</summary>
    public required int Boots { get; init; }

    public required int Samples { get; init; }

    public IReadOnlyList<RejectedBoot> RejectedBoots { get; init; } = [];

    public void Write(string path) => AtomicFile.Write(path, JsonFormat.Serialize(this));

    public static PlatformFacts Read(string path)
    {
        const string Remedy = "run --target=Parse to make it";
        var facts = JsonFormat.Read<PlatformFacts>(path, CurrentSchema, Remedy);
        return facts.States.Values.All(state => state is not null) ? facts : throw new UserError($"{path} cannot be understood: a state is null; {Remedy}");
    }
}

public sealed record RejectedBoot(int Boot, string Reason);

/// <summary>What the results of one platform in one setting are made from.</summary>
public sealed record PlatformInput
{
    public required string Platform { get; init; }

    public required Unit Unit { get; init; }

    /// <summary>What its boots have in common; null where it was not booted.</summary>
    public ResultSetting? Setting { get; init; }

    /// <summary>Why the platform was not measured, and the remedy; null where it was.</summary>
    public string? NotMeasured { get; init; }

    /// <summary>The system call that was asked for; null for the platform's own.</summary>
    public string? SystemCall { get; init; }

    /// <summary>Name of the kernel that was asked for; null for a platform that boots none of those built here.</summary>
    public string? Kernel { get; init; }

    /// <summary>What the platform's <c>scall</c> measures where that is not the noop call.</summary>
    public string? Note { get; init; }

    public IEnumerable<Sample> Samples { get; init; } = [];

    public PlatformFacts? Facts { get; init; }

    /// <summary>The TSC's frequency as the host measured it against its own clock, for guests that do not know theirs; null where nobody did.</summary>
    public long? CalibratedKhz { get; init; }

    /// <inheritdoc cref="ClockFact.CoreKhz"/>
    public long? CoreKhz { get; init; }

    public string Calibration { get; init; } = "calibration";

    public string ClockRemedy { get; init; } = "--target=Doctor says what the machine knows";

    /// <summary>Reads what Parse left in <paramref name="folder"/> for a platform in a setting.</summary>
    public static PlatformInput FromParsed(string folder, string platform, Unit unit, string? setting = null) => new()
    {
        Platform = platform,
        Unit = unit,
        Facts = PlatformFacts.Read(PlatformParser.FactsPath(folder, platform, setting)),
        Samples = SampleCsv.Read(PlatformParser.SamplesPath(folder, platform, setting)),
    };
}
