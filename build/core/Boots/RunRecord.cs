using System.Text.Json.Serialization;
using SyscallBench.Platforms;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>
/// What a run measures, <c>eval/raw/run.json</c>: which boots belong to it, and everything about them that is the same for all. It is written before
/// the first boot and after each. Boots of other settings lie in folders of their own and belong to other runs.
/// </summary>
public sealed record RunRecord
{
    public const string CurrentSchema = "syscall-bench/run/v2";

    public const string FileName = "run.json";

    private const string Archive = "runs";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Its start as a name: <c>20211126T093000123Z</c>. Each boot names the run that made it.</summary>
    public required string Id { get; init; }

    /// <summary>When the first boot was about to be made, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    public required RunOrigin Origin { get; init; }

    /// <summary><c>kvm</c> or <c>tcg</c>.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Why this accelerator, and why not the other.</summary>
    public required string AcceleratorReason { get; init; }

    public required Unit Unit { get; init; }

    /// <summary>CPU model of the guests; all of them, where there are several.</summary>
    public required string GuestCpu { get; init; }

    /// <summary>Null where no guest was booted.</summary>
    public string? QemuVersion { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Boots of each setting.</summary>
    public required int Runs { get; init; }

    public required IReadOnlyList<RunStep> Plan { get; init; }

    /// <summary>Where guests' vCPUs run, or why it does not matter: one sentence.</summary>
    public required string Pinning { get; init; }

    /// <summary>SHA-256 of what was booted, by the image's name.</summary>
    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    /// <summary>What was noticed about the machine before the first boot, and during the boots.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>One for every setting of every platform asked for, in the order of a table.</summary>
    public required IReadOnlyList<PlatformRun> Platforms { get; init; }

    /// <summary>Why the run as a whole failed, though everything that could be measured was; each cause once. Null where it did not.</summary>
    [JsonIgnore]
    public string? Failure =>
        string.Join("; ", Platforms.Where(platform => platform.Reason is not null && (platform.Failed || platform.Required)).GroupBy(platform => platform.Reason).Select(Describe))
            is { Length: > 0 } causes ? causes : null;

    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public void Write(string folder)
    {
        // What is there already is not written again: a step that depends on the file would take it for changed.
        var path = Path.Combine(folder, FileName);
        var text = JsonFormat.Serialize(this);
        if (Find(folder) is not { } there || JsonFormat.Serialize(there) != text)
            AtomicFile.Write(path, text);
    }

    /// <summary>Keeps it beside the record of the run that follows, for when its boots are asked for again.</summary>
    /// <inheritdoc cref="Write"/>
    internal void Keep(string folder)
    {
        var path = Path.Combine(folder, Archive, $"{Id}.json");
        if (!File.Exists(path))
            AtomicFile.Write(path, JsonFormat.Serialize(this));
    }

    /// <summary>The record in a folder; null where there is none that can be read.</summary>
    public static RunRecord? Find(string folder) => Recall(Path.Combine(folder, FileName));

    /// <summary>The record of the run that made certain boots; null where it is gone.</summary>
    public static RunRecord? Find(string folder, string id) => Find(folder) is { } current && current.Id == id ? current : Recall(Path.Combine(folder, Archive, $"{id}.json"));

    /// <exception cref="UserError">Nothing was run, or the file is damaged or of another version.</exception>
    public static RunRecord Read(string folder) => JsonFormat.Read<RunRecord>(Path.Combine(folder, FileName), CurrentSchema, "run --target=Run");

    private static RunRecord? Recall(string path) => JsonFormat.Recall<RunRecord>(path) is { Schema: CurrentSchema } run ? run : null;

    private string Describe(IGrouping<string?, PlatformRun> cause)
    {
        var names = cause.Select(each => Platforms.Count(other => other.Platform == each.Platform) > 1 ? $"{each.Platform} ({each.SettingName ?? each.Kernel})" : each.Platform);
        var log = cause.SelectMany(platform => platform.FailedBoots).Select(boot => $"; see eval/raw/{boot.Log}").FirstOrDefault();
        var what = cause.Any(platform => platform.Boots.Count == 0) ? "not measured" : "not all boots count";
        return $"{string.Join(", ", names)}: {what}: {cause.Key}{log}";
    }
}

/// <param name="Setting">Name of the setting; null in a record from before plans had one.</param>
public sealed record RunStep(string Platform, string? Setting, int Boot);

/// <summary>Who ran it, with what, and where: as it was before the first boot.</summary>
public sealed record RunOrigin
{
    public string Program { get; init; } = "unknown";

    /// <summary>Commit it was built from; null where that is not known.</summary>
    public string? Commit { get; init; }

    public IReadOnlyList<string> CommandLine { get; init; } = [];

    /// <summary>The machine: every fact that is known, by its name.</summary>
    public IReadOnlyDictionary<string, string> Machine { get; init; } = new Dictionary<string, string>();

    /// <summary>Versions of the tools that built and ran it, by name.</summary>
    public IReadOnlyDictionary<string, string> Tools { get; init; } = new Dictionary<string, string>();

    /// <summary>Commits and package versions of the sources, by name.</summary>
    public IReadOnlyDictionary<string, string> Pins { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a run measured on one platform in one setting.</summary>
public sealed record PlatformRun
{
    public required string Platform { get; init; }

    public required string Label { get; init; }

    public required PlatformRole Role { get; init; }

    public required Unit Unit { get; init; }

    /// <summary>Null where it could not be booted at all.</summary>
    public Setting? Setting { get; init; }

    public string? SettingName => Setting?.Name;

    public required BenchmarkArguments Benchmark { get; init; }

    /// <summary>The system call that was asked for; null for the platform's own.</summary>
    public string? SystemCall { get; init; }

    /// <summary>Name of the kernel that was asked for; null for a platform that boots none of those built here.</summary>
    public string? Kernel { get; init; }

    /// <summary>What its system call row measures where that is not the noop.</summary>
    public string? ScallNote { get; init; }

    /// <summary>Boots that count and belong to the run, by number.</summary>
    public IReadOnlyList<CountedBoot> Boots { get; init; } = [];

    /// <summary>Attempts of those boots that failed, whichever run made them.</summary>
    public IReadOnlyList<FailedBoot> FailedBoots { get; init; } = [];

    /// <summary>Why it was not measured, or not all its boots count, and what to do about it; null where all count.</summary>
    public string? Reason { get; init; }

    /// <summary>Something that should have worked did not, as opposed to something that was never there.</summary>
    public bool Failed { get; init; }

    /// <summary>It was asked for by name, or strictly: not to have measured it is a failure, whatever the reason.</summary>
    public bool Required { get; init; }
}

/// <param name="Log">Its console, relative to <c>eval/raw</c>.</param>
/// <param name="TscKhz">The TSC's frequency while it lasted; null where it was not measured.</param>
/// <param name="CoreKhz">Cycles of the core in a millisecond of it; null where the machine has no counter for them.</param>
public sealed record CountedBoot(int Boot, string Log, string LogHash, DateTimeOffset Started, long? TscKhz = null, long? CoreKhz = null);

/// <param name="Log">Its console, relative to <c>eval/raw</c>.</param>
public sealed record FailedBoot(int Boot, int Attempt, string Log, string Reason);
