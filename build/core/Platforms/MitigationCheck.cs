namespace SyscallBench.Platforms;

/// <summary>
/// Holds what a Linux guest says in /sys/devices/system/cpu/vulnerabilities against what it was asked for. "Vulnerable" alone proves nothing: with
/// every mitigation on, a file says so where microcode or the hypervisor would have to help. So each rule asks only for what the kernel can do, or
/// leave out, by itself.
/// </summary>
public static class MitigationCheck
{
    private const string FilePrefix = "vulnerability.";

    /// <summary>What a guest says of each vulnerability, by the name of its file, in the order of the names.</summary>
    /// <param name="states">What it said about itself, by name: <c>cmdline</c>, <c>vulnerability.meltdown</c>, …</param>
    public static SortedDictionary<string, string> Files(IReadOnlyDictionary<string, string> states) => new(
        states.Where(state => state.Key.StartsWith(FilePrefix, StringComparison.Ordinal)).ToDictionary(state => state.Key[FilePrefix.Length..], state => state.Value),
        StringComparer.Ordinal);

    /// <summary>Files that nobody here knows: what they say is not judged.</summary>
    /// <inheritdoc cref="Files"/>
    public static IEnumerable<string> Unknown(IReadOnlyDictionary<string, string> states) => Files(states).Keys.Where(file => MitigationSwitch.Find(file) is null);

    /// <param name="vendor">The CPU's, as CPUID says; null where it is not known.</param>
    /// <returns>Why the boot must not be used, naming the file; null when it is as asked, or where nothing was asked.</returns>
    /// <inheritdoc cref="Files"/>
    public static string? WhyRejected(Mitigations asked, IReadOnlyDictionary<string, string> states, string? vendor = null)
    {
        if (asked == Mitigations.None)
            return null;
        var files = Files(states);
        if (files.Count == 0)
            return "the guest did not say which mitigations are active: it has no /sys/devices/system/cpu/vulnerabilities";
        var off = states.GetValueOrDefault("cmdline", "").Split(' ').Contains("mitigations=off");
        if (asked == Mitigations.On)
            return off ? "/proc/cmdline holds mitigations=off, and mitigations were asked for" : First("mitigations were asked for", (rule, value) => IsOff(rule, value, vendor));
        return off ? First("mitigations=off was asked for", IsOn) : "mitigations=off is missing in /proc/cmdline";

        string? First(string what, Func<MitigationSwitch, string, bool> differs) => files
            .Where(file => MitigationSwitch.Find(file.Key) is { } rule && differs(rule, file.Value))
            .Select(file => $"{what}, and vulnerabilities/{file.Key} says \"{file.Value}\"")
            .FirstOrDefault();
    }

    // The spectre_v2 file goes on after "Vulnerable: " where a mitigation is active and something else leaks (eIBRS with unprivileged eBPF);
    // spectre_v1's says there what little is left.
    private static bool IsOff(MitigationSwitch rule, string value, string? vendor)
    {
        var isBare = value.Split(';', ',')[0].Trim() == "Vulnerable" || (rule.File == "spectre_v1" && value.StartsWith("Vulnerable", StringComparison.Ordinal));
        return isBare && (rule.Bare == BareVulnerable.Off || (rule.Bare == BareVulnerable.OffOnAmd && vendor is "AuthenticAMD" or "HygonGenuine"));
    }

    // These are states of the CPU and nothing that is done.
    private static bool IsOn(MitigationSwitch rule, string value) =>
        rule.OnTheWay
        && value.StartsWith("Mitigation:", StringComparison.Ordinal)
        && value is not ("Mitigation: TSX disabled" or "Mitigation: SMT disabled");
}
