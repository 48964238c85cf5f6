namespace SyscallBench.Platforms;

/// <summary>
/// Holds what a Linux guest says in /sys/devices/system/cpu/vulnerabilities against what it was asked for. "Vulnerable" alone proves nothing: with
/// every mitigation on, a file says so where microcode or the hypervisor would have to help. So each rule asks only for what the kernel can do, or
/// leave out, by itself.
/// </summary>
public static class MitigationCheck
{
    private const string FilePrefix = "vulnerability.";

    // In the order of the files: what a bare "Vulnerable" means where mitigations were asked for, and whether there is a mitigation that costs a
    // system call something and mitigations=off takes away.
    private static readonly Dictionary<string, (Bare Bare, bool OnTheWay)> _files = new(StringComparer.Ordinal)
    {
        // Done in software whenever the CPU is affected: page table isolation, SWAPGS barriers, retpolines, return thunks. Its absence is somebody's
        // choice.
        ["meltdown"] = (Bare.Off, true),
        ["spectre_v1"] = (Bare.Off, true),
        ["spectre_v2"] = (Bare.Off, true),
        ["spec_rstack_overflow"] = (Bare.Off, true),
        ["indirect_target_selection"] = (Bare.Off, true),

        // Return thunks on AMD. On Intel only the microcode's IBRS helps.
        ["retbleed"] = (Bare.OffOnAmd, true),

        // VERW on the way out of the kernel. Without microcode it is executed all the same, and costs the same: "Clear CPU buffers attempted".
        ["mds"] = (Bare.Off, true),
        ["mmio_stale_data"] = (Bare.Off, true),
        ["tsx_async_abort"] = (Bare.Off, true),
        ["tsa"] = (Bare.Off, true),
        ["reg_file_data_sampling"] = (Bare.Off, true),

        // Only microcode or the CPU can help.
        ["spec_store_bypass"] = (Bare.Accepted, true),

        // Nothing on the way in or out of a system call, or no switch that turns it off: L1TF inverts page table entries always, the others concern
        // virtual machines run by this guest, or are the microcode's.
        ["l1tf"] = (Bare.Accepted, false),
        ["itlb_multihit"] = (Bare.Accepted, false),
        ["srbds"] = (Bare.Accepted, false),
        ["gather_data_sampling"] = (Bare.Accepted, false),
        ["vmscape"] = (Bare.Accepted, false),
        ["old_microcode"] = (Bare.Accepted, false),
        ["ghostwrite"] = (Bare.Accepted, false),
    };

    private enum Bare
    {
        Accepted,
        Off,
        OffOnAmd,
    }

    /// <summary>Files that this table does not know: what they say is not judged.</summary>
    public static IEnumerable<string> Unknown(IReadOnlyDictionary<string, string> states) =>
        states.Keys.Where(name => name.StartsWith(FilePrefix, StringComparison.Ordinal)).Select(name => name[FilePrefix.Length..]).Where(name => !_files.ContainsKey(name));

    /// <param name="asked">What the guest was asked for.</param>
    /// <param name="states">What it said about itself, by name: <c>cmdline</c>, <c>vulnerability.meltdown</c>, …</param>
    /// <param name="vendor">The CPU's, as CPUID says; null where it is not known.</param>
    /// <returns>Why the boot must not be used, naming the file; null when it is as asked, or where nothing was asked.</returns>
    public static string? WhyRejected(Mitigations asked, IReadOnlyDictionary<string, string> states, string? vendor = null)
    {
        var files = states.Where(state => state.Key.StartsWith(FilePrefix, StringComparison.Ordinal))
            .OrderBy(state => state.Key, StringComparer.Ordinal)
            .Select(state => (Name: state.Key[FilePrefix.Length..], state.Value))
            .ToList();
        return asked switch
        {
            Mitigations.None => null,
            _ when files.Count == 0 => "the guest did not say which mitigations are active: it has no /sys/devices/system/cpu/vulnerabilities",
            Mitigations.On => CommandLine(states, off: false) ?? First(files, (file, value) => IsOff(file, value, vendor), "mitigations were asked for"),
            _ => CommandLine(states, off: true) ?? First(files, IsOn, "mitigations=off was asked for"),
        };
    }

    private static string? CommandLine(IReadOnlyDictionary<string, string> states, bool off)
    {
        var words = states.GetValueOrDefault("cmdline", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Contains("mitigations=off") == off
            ? null
            : off ? "mitigations=off is missing in /proc/cmdline" : "/proc/cmdline holds mitigations=off, and mitigations were asked for";
    }

    private static string? First(IEnumerable<(string Name, string Value)> files, Func<string, string, bool> differs, string asked) =>
        files.Where(file => differs(file.Name, file.Value)).Select(file => $"{asked}, and vulnerabilities/{file.Name} says \"{file.Value}\"").FirstOrDefault();

    // The spectre_v2 file goes on after "Vulnerable: " where a mitigation is active and something else leaks (eIBRS with unprivileged eBPF);
    // spectre_v1's says there what little is left.
    private static bool IsOff(string file, string value, string? vendor) => _files.GetValueOrDefault(file).Bare switch
    {
        Bare.Off => IsBare(value) || (file == "spectre_v1" && IsVulnerable(value)),
        Bare.OffOnAmd => IsBare(value) && vendor is ("AuthenticAMD" or "HygonGenuine"),
        _ => false,
    };

    // These are states of the CPU and nothing that is done.
    private static bool IsOn(string file, string value) =>
        _files.GetValueOrDefault(file).OnTheWay
        && value.StartsWith("Mitigation:", StringComparison.Ordinal)
        && value is not ("Mitigation: TSX disabled" or "Mitigation: SMT disabled");

    private static bool IsVulnerable(string value) => value.StartsWith("Vulnerable", StringComparison.Ordinal);

    private static bool IsBare(string value) => value.Split(';', ',')[0].Trim() == "Vulnerable";
}
