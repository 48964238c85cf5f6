using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SyscallBench.Machine;

/// <summary>The machine as results and their provenance keep it: every fact as a person reads it, null where it is not known. JSON: one flat object of strings.</summary>
[JsonConverter(typeof(Json))]
public sealed record HostRecord
{
    private const string Vulnerability = "vulnerability.";

    // Every fact: its name in JSON, and whether two measurements of cycles are of one experiment only where it is equal.
    private static readonly (string Name, bool BearsOnCycles, Func<HostRecord, string?> Get, Func<HostRecord, string, HostRecord> With)[] _facts =
    [
        ("os", false, host => host.Os, (host, text) => host with { Os = text }),
        ("kernel", true, host => host.Kernel, (host, text) => host with { Kernel = text }),
        ("parameters", true, host => host.Parameters, (host, text) => host with { Parameters = text }),
        ("machine", false, host => host.Product, (host, text) => host with { Product = text }),
        ("hypervisor", true, host => host.Hypervisor, (host, text) => host with { Hypervisor = text }),
        ("cpu", true, host => host.Cpu, (host, text) => host with { Cpu = text }),
        ("cpu.signature", true, host => host.Signature, (host, text) => host with { Signature = text }),
        ("cpu.performance", false, host => host.PerformanceCpus, (host, text) => host with { PerformanceCpus = text }),
        ("cpu.efficiency", false, host => host.EfficiencyCpus, (host, text) => host with { EfficiencyCpus = text }),
        ("microcode", true, host => host.Microcode, (host, text) => host with { Microcode = text }),
        ("cores", false, host => host.Cores, (host, text) => host with { Cores = text }),
        ("smt", true, host => host.Smt, (host, text) => host with { Smt = text }),
        ("isolated", false, host => host.IsolatedCpus, (host, text) => host with { IsolatedCpus = text }),
        ("nohz_full", false, host => host.TicklessCpus, (host, text) => host with { TicklessCpus = text }),
        ("memory", false, host => host.Memory, (host, text) => host with { Memory = text }),
        ("limits.memory", false, host => host.MemoryLimit, (host, text) => host with { MemoryLimit = text }),
        ("limits.cpus", false, host => host.CpuLimit, (host, text) => host with { CpuLimit = text }),
        ("seccomp", true, host => host.Seccomp, (host, text) => host with { Seccomp = text }),
        ("clocksource", false, host => host.ClockSource, (host, text) => host with { ClockSource = text }),
        ("tsc", false, host => host.Tsc, (host, text) => host with { Tsc = text }),
        ("frequency.driver", true, host => host.FrequencyDriver, (host, text) => host with { FrequencyDriver = text }),
        ("frequency.governor", true, host => host.FrequencyGovernor, (host, text) => host with { FrequencyGovernor = text }),
        ("frequency.limits", true, host => host.FrequencyLimits, (host, text) => host with { FrequencyLimits = text }),
        ("frequency.turbo", true, host => host.Turbo, (host, text) => host with { Turbo = text }),
    ];

    public string? Os { get; init; }

    public string? Kernel { get; init; }

    /// <inheritdoc cref="HostFacts.Parameters"/>
    public string? Parameters { get; init; }

    public string? Product { get; init; }

    public string? Hypervisor { get; init; }

    /// <summary>The CPU's brand string.</summary>
    public string? Cpu { get; init; }

    /// <summary>Vendor and <c>family.model.stepping</c>.</summary>
    public string? Signature { get; init; }

    /// <summary>A list of CPUs, on a hybrid CPU.</summary>
    public string? PerformanceCpus { get; init; }

    /// <inheritdoc cref="PerformanceCpus"/>
    public string? EfficiencyCpus { get; init; }

    /// <summary>Hexadecimal; null where a hypervisor gives every guest the same.</summary>
    public string? Microcode { get; init; }

    public string? Cores { get; init; }

    /// <summary><c>on</c> or <c>off</c>.</summary>
    public string? Smt { get; init; }

    public string? IsolatedCpus { get; init; }

    public string? TicklessCpus { get; init; }

    public string? Memory { get; init; }

    public string? MemoryLimit { get; init; }

    public string? CpuLimit { get; init; }

    /// <summary><c>filter</c> where one looks at each system call.</summary>
    public string? Seccomp { get; init; }

    public string? ClockSource { get; init; }

    public string? Tsc { get; init; }

    public string? FrequencyDriver { get; init; }

    public string? FrequencyGovernor { get; init; }

    public string? FrequencyLimits { get; init; }

    /// <summary><c>on</c> or <c>off</c>.</summary>
    public string? Turbo { get; init; }

    /// <inheritdoc cref="HostFacts.Vulnerabilities"/>
    public IReadOnlyDictionary<string, string> Vulnerabilities { get; init; } = new Dictionary<string, string>();

    /// <summary>Every fact that is known with its name in JSON, in a fixed order.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, string>> Facts =>
        Known(_ => true).Concat(Vulnerabilities.Select(entry => KeyValuePair.Create(Vulnerability + entry.Key, entry.Value)));

    /// <summary>Those that have to be equal for two measurements in cycles to be of one experiment.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, string>> FactsOfCycles => Known(bears => bears);

    public static HostRecord Of(HostFacts host) => new()
    {
        Os = host.Os,
        Kernel = host.Kernel,
        Parameters = host.Parameters,
        Product = host.Product,
        Hypervisor = host.Hypervisor,
        Cpu = host.Cpu.Model,
        Signature = host.Cpu is { Vendor: { } vendor, Signature: { } signature } ? $"{vendor} {signature}" : null,
        PerformanceCpus = CpusOf(host, CoreKind.Performance),
        EfficiencyCpus = CpusOf(host, CoreKind.Efficiency),
        Microcode = host.Cpu.MicrocodeIsPretended ? null : host.Cpu.Microcode,
        Cores = Text($"{host.Cpu.LogicalCpus}"),
        Smt = OnOff(host.Smt),
        IsolatedCpus = CpuList.Format(host.IsolatedCpus),
        TicklessCpus = CpuList.Format(host.TicklessCpus),
        Memory = host.Memory is { } memory ? Gibibytes(memory.Total) : null,
        MemoryLimit = host.Limits.MemoryLimit is { } limit ? Gibibytes(limit) : null,
        CpuLimit = host.Limits.Cpus is { } cpus ? Text($"{cpus:0.##}") : null,
        Seccomp = host.Limits.SeccompFilter == true ? "filter" : null,
        ClockSource = host.Clock.Current,
        Tsc = $"constant={(host.Clock.Constant ? 1 : 0)} nonstop={(host.Clock.Nonstop ? 1 : 0)}",
        FrequencyDriver = host.Frequency.Driver,
        FrequencyGovernor = string.Join(' ', host.Frequency.Policies.Select(policy => policy.Governor).OfType<string>().Distinct()),
        FrequencyLimits = string.Join(' ', host.Frequency.Policies.Select(Limits).OfType<string>().Distinct()),
        Turbo = OnOff(host.Frequency.Turbo),
        Vulnerabilities = host.Vulnerabilities,
    };

    public bool Equals(HostRecord? other) => other is not null && Facts.SequenceEqual(other.Facts);

    public override int GetHashCode() => Facts.Aggregate(0, HashCode.Combine);

    private static string Gibibytes(long bytes) => Text($"{bytes / 1024.0 / 1024 / 1024:F1} GiB");

    private static string? CpusOf(HostFacts host, CoreKind kind) => CpuList.Format(host.Topology.Cpus.Where(cpu => cpu.Kind == kind).Select(cpu => cpu.Cpu));

    private static string? Limits(FrequencyPolicy policy) => policy is { MinKhz: { } min, MaxKhz: { } max } ? Text($"{min}-{max} kHz") : null;

    private static string? OnOff(bool? on) => on switch { true => "on", false => "off", null => null };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<KeyValuePair<string, string>> Known(Func<bool, bool> isWanted) => _facts
        .Where(fact => isWanted(fact.BearsOnCycles) && fact.Get(this) is { Length: > 0 })
        .Select(fact => KeyValuePair.Create(fact.Name, fact.Get(this)!));

    private sealed class Json : JsonConverter<HostRecord>
    {
        public override HostRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? [];
            var host = _facts.Where(fact => values.ContainsKey(fact.Name)).Aggregate(new HostRecord(), (host, fact) => fact.With(host, values[fact.Name]));
            return host with
            {
                Vulnerabilities = values.Where(value => value.Key.StartsWith(Vulnerability, StringComparison.Ordinal))
                    .ToDictionary(value => value.Key[Vulnerability.Length..], value => value.Value, StringComparer.Ordinal),
            };
        }

        public override void Write(Utf8JsonWriter writer, HostRecord value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, text) in value.Facts)
                writer.WriteString(name, text);
            writer.WriteEndObject();
        }
    }
}
