using System.Text.Json.Serialization;

namespace SyscallBench.Results;

/// <summary>Where the numbers come from: enough for somebody else to repeat the run and to see what differs.</summary>
public sealed record Provenance
{
    /// <summary>Version of this program, and the commit it was built from where that is known.</summary>
    public required string Version { get; init; }

    public string? Commit { get; init; }

    /// <summary>When the first boot started, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>Seed of the boot order and of the bootstrap.</summary>
    public required ulong Seed { get; init; }

    public required string AcceleratorReason { get; init; }

    public required int Runs { get; init; }

    public required int Rounds { get; init; }

    public required long Iterations { get; init; }

    public required int Warmup { get; init; }

    public required string GuestCpu { get; init; }

    /// <summary>Of the machine that ran the boots, by name: <c>os</c>, <c>kernel</c>, <c>cpu</c>, <c>microcode</c>, <c>cores</c>, <c>memory</c>, …</summary>
    public IReadOnlyDictionary<string, string> Host { get; init; } = new Dictionary<string, string>();

    /// <summary>Versions of the tools, by name: <c>qemu</c>, <c>gcc</c>, <c>ld</c>, <c>toolchain</c>, <c>dotnet</c>, …</summary>
    public IReadOnlyDictionary<string, string> Tools { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Pins { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of what was booted, by artefact: <c>kernel</c>, <c>unikernel</c>, <c>benchmark</c>, <c>initramfs</c>, <c>floor</c>.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; init; } = new Dictionary<string, string>();

    /// <summary>What each guest said about itself, by platform (<see cref="Find"/>): CPU model, command line, clock source, vulnerabilities, …</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Guests { get; init; }
        = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The clock of each platform (<see cref="Find"/>) in kHz and where that is known from; no entry where it is not known.</summary>
    public IReadOnlyDictionary<string, ClockFact> Clocks { get; init; } = new Dictionary<string, ClockFact>();

    /// <summary>The fact of a row: under its platform's name, or under <c>&lt;platform&gt;/&lt;setting&gt;</c> where the platform was measured in several settings.</summary>
    public static T? Find<T>(IReadOnlyDictionary<string, T> facts, ResultRow row)
        where T : class => facts.GetValueOrDefault($"{row.Platform}/{row.Setting}") ?? facts.GetValueOrDefault(row.Platform);

    /// <summary>What a Linux kernel says about its CPU's vulnerabilities (/sys/devices/system/cpu/vulnerabilities), by the name of the file, among the facts of a guest or of the machine.</summary>
    public static IReadOnlyDictionary<string, string> Vulnerabilities(IReadOnlyDictionary<string, string>? facts)
    {
        const string Prefix = "vulnerability.";
        return (facts ?? new Dictionary<string, string>()).Where(fact => fact.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(fact => fact.Key[Prefix.Length..], fact => fact.Value, StringComparer.Ordinal);
    }

    /// <summary>Of a kernel's word on a vulnerability: it does something about it.</summary>
    public static bool IsMitigated(string state) => state.StartsWith("Mitigation", StringComparison.Ordinal);
}

/// <param name="Source"><c>kernel</c>, <c>hypervisor</c>, <c>cpuid</c>, <c>calibration</c>, or <c>turbostat</c> where it was imported.</param>
/// <param name="Invariant">The CPU says that its TSC ticks at one rate in every power state (CPUID 0x80000007 EDX bit 8).</param>
/// <param name="CoreKhz">Cycles of the core in a millisecond while the boots lasted; null where the machine has no counter for them.</param>
public sealed record ClockFact(
    long Khz, string Source, bool Invariant, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? CoreKhz = null);
