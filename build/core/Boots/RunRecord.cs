using System.Text.Json;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>
/// What a run measured, <c>eval/raw/run.json</c>: which boots belong to it, and everything about them that is the same for all. Logs of other boots
/// may lie beside
/// its own (of a run with more boots, for example) and belong to none.
/// </summary>
public sealed record RunRecord
{
    /// <summary>Name and version of this format.</summary>
    public const string CurrentSchema = "syscall-bench/run/v1";

    /// <summary>Its name in the folder of the boots.</summary>
    public const string FileName = "run.json";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary><c>kvm</c>, <c>tcg</c> or <c>tcg-noicount</c>.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Why this accelerator, and why not the other.</summary>
    public required string AcceleratorReason { get; init; }

    /// <summary>What a tick of the guests' clocks is.</summary>
    public required Unit Unit { get; init; }

    /// <summary>When the oldest boot that counts started, UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>The arguments of the program that ran it.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];

    /// <summary>What was noticed about the machine, and while it booted.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>CPU model of the guests.</summary>
    public required string GuestCpu { get; init; }

    /// <summary>Null where no guest was booted.</summary>
    public string? QemuVersion { get; init; }

    /// <summary>Seed of the order.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Boots of each platform.</summary>
    public required int Runs { get; init; }

    /// <summary>Where vCPUs run, one sentence.</summary>
    public required string Pinning { get; init; }

    /// <summary>SHA-256 of what was booted, by the image's name.</summary>
    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    /// <summary>One for every platform asked for, in the order of a table.</summary>
    public required IReadOnlyList<PlatformRun> Platforms { get; init; }

    /// <summary>Why the run as a whole failed, though everything that could be measured was; null where it did not.</summary>
    public string? Failure =>
        Platforms.Where(platform => platform.Reason is not null && (platform.Failed || platform.Required)).ToList() is { Count: > 0 } failed
            ? string.Join("; ", failed.Select(platform => $"{platform.Platform} was not measured: {platform.Reason}"))
            : null;

    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, BootJson.Options));

    /// <summary>The record in a folder; null where there is none that can be read.</summary>
    public static RunRecord? Find(string folder)
    {
        try
        {
            return Read(folder);
        }
        catch (UserError)
        {
            return null;
        }
    }

    /// <exception cref="UserError">Nothing was run, or the file is damaged or of another version.</exception>
    public static RunRecord Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        const string Remedy = "run --target=Run";
        try
        {
            var run = JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(path), BootJson.Options);
            return run is { Schema: CurrentSchema } ? run : throw new UserError($"{path} is not of version {CurrentSchema}: {Remedy}");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"{path} does not exist, so nothing was measured yet: {Remedy}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserError($"{path} cannot be read: {error.Message}: {Remedy}", error);
        }
    }
}

/// <summary>What a run measured on one platform.</summary>
/// <param name="Platform">Its name.</param>
/// <param name="Unit">What a tick of its clock is.</param>
/// <param name="Benchmark">What the benchmark was told.</param>
/// <param name="Boots">Boots that count and belong to the run, by number.</param>
/// <param name="Reason">Why it was not measured, and what to do about it; null where all its boots count.</param>
/// <param name="ScallNote">What its system call row measures where that is not the noop.</param>
public sealed record PlatformRun(
    string Platform,
    Unit Unit,
    BenchmarkArguments Benchmark,
    IReadOnlyList<int> Boots,
    string? Reason,
    string? ScallNote)
{
    /// <summary>Something that should have worked did not, as opposed to something that was never there.</summary>
    public bool Failed { get; init; }

    /// <summary>It was asked for by name, or strictly: not to have measured it is a failure, whatever the reason.</summary>
    public bool Required { get; init; }
}
