namespace SyscallBench.Platforms;

/// <summary>
/// Holds what a Linux guest says in /sys/devices/system/cpu/vulnerabilities against what it was asked for. "Vulnerable" alone proves nothing: with
/// every mitigation
/// on, a file says so where microcode or the hypervisor would have to help. So each rule asks only for what the kernel can do, or leave out, by
/// itself.
/// </summary>
public static class MitigationCheck
{
    private const string FilePrefix = "vulnerability.";

    // Done in software whenever the CPU is affected: page table isolation, SWAPGS barriers, retpolines. Their absence is somebody's choice.
    private static readonly string[] SoftwareOnly = ["meltdown", "spectre_v1", "spectre_v2"];

    // Mitigated by VERW on the way out of the kernel. Without microcode it is executed all the same, and costs the same: "Clear CPU buffers
    // attempted".
    private static readonly string[] BufferClearing = ["mds", "mmio_stale_data", "tsx_async_abort", "tsa"];

    // Nothing on the way in or out of a system call, or no switch that turns it off: L1TF inverts page table entries always, the others concern
    // virtual machines run by this guest, or are the microcode's.
    private static readonly string[] NotOnTheWay = ["l1tf", "itlb_multihit", "srbds", "gather_data_sampling", "vmscape", "old_microcode"];

    /// <param name="asked">What the guest was asked for.</param>
    /// <param name="states">What it said about itself, by name: <c>cmdline</c>, <c>vulnerability.meltdown</c>, …</param>
    /// <returns>Why the boot must not be used, naming the file; null when it is as asked, or where nothing was asked.</returns>
    public static string? WhyRejected(Mitigations asked, IReadOnlyDictionary<string, string> states)
    {
        var files = states.Where(state => state.Key.StartsWith(FilePrefix, StringComparison.Ordinal))
            .OrderBy(state => state.Key, StringComparer.Ordinal)
            .Select(state => (Name: state.Key[FilePrefix.Length..], state.Value))
            .ToList();
        return asked switch
        {
            Mitigations.None => null,
            _ when files.Count == 0 => "the guest did not say which mitigations are active: it has no /sys/devices/system/cpu/vulnerabilities",
            Mitigations.On => CommandLine(states, off: false) ?? First(files, IsOff, "mitigations were asked for"),
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
    private static bool IsOff(string file, string value) =>
        (SoftwareOnly.Contains(file) && (IsBare(value) || (file == "spectre_v1" && IsVulnerable(value))))
        || (BufferClearing.Contains(file) && IsBare(value));

    // "TSX disabled" is a state of the CPU and not something that is done.
    private static bool IsOn(string file, string value) =>
        !NotOnTheWay.Contains(file)
        && value.StartsWith("Mitigation:", StringComparison.Ordinal)
        && value != "Mitigation: TSX disabled";

    private static bool IsVulnerable(string value) => value.StartsWith("Vulnerable", StringComparison.Ordinal);

    private static bool IsBare(string value) => value.Split(';', ',')[0].Trim() == "Vulnerable";
}
