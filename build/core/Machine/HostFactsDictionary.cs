using System.Globalization;

namespace SyscallBench.Machine;

/// <summary>The host as names and values, the shape that <c>Provenance.Host</c> keeps.</summary>
public static class HostFactsDictionary
{
    /// <summary>Every fact that is known, by name, in a fixed order; vulnerabilities as <c>vulnerability.&lt;file&gt;</c>.</summary>
    public static IReadOnlyDictionary<string, string> ToDictionary(this HostFacts host)
    {
        var facts = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        Add("os", host.Os);
        Add("kernel", host.Kernel);
        Add("parameters", host.Parameters);
        Add("machine", host.Product);
        Add("hypervisor", host.Hypervisor);
        Add("cpu", host.Cpu.Model);
        Add("cpu.signature", host.Cpu is { Vendor: { } vendor, Signature: { } signature } ? $"{vendor} {signature}" : null);
        Add("microcode", host.Cpu.Microcode);
        Add("cores", host.Cpu.LogicalCpus.ToString(CultureInfo.InvariantCulture));
        Add("smt", host.Smt is { } smt ? OnOff(smt) : null);
        Add("isolated", CpuList.Format(host.IsolatedCpus));
        Add("nohz_full", CpuList.Format(host.TicklessCpus));
        Add("memory", host.Memory is { } memory ? string.Create(CultureInfo.InvariantCulture, $"{memory.Total / 1024.0 / 1024 / 1024:F1} GiB") : null);
        Add("clocksource", host.Clock.Current);
        Add("tsc", $"constant={(host.Clock.Constant ? 1 : 0)} nonstop={(host.Clock.Nonstop ? 1 : 0)}");
        Add("frequency.driver", host.Frequency.Driver);
        Add("frequency.governor", string.Join(' ', host.Frequency.Policies.Select(policy => policy.Governor).OfType<string>().Distinct()));
        Add("frequency.limits", string.Join(' ', host.Frequency.Policies.Select(Limits).OfType<string>().Distinct()));
        Add("frequency.turbo", host.Frequency.Turbo is { } turbo ? OnOff(turbo) : null);
        foreach (var (name, state) in host.Vulnerabilities)
            Add($"vulnerability.{name}", state);
        return facts;

        void Add(string name, string? value)
        {
            if (value is { Length: > 0 })
                facts.Add(name, value);
        }
    }

    private static string? Limits(FrequencyPolicy policy) => policy is { MinKhz: { } min, MaxKhz: { } max }
        ? string.Create(CultureInfo.InvariantCulture, $"{min}-{max} kHz")
        : null;

    private static string OnOff(bool on) => on ? "on" : "off";
}
