using SyscallBench.Platforms;

namespace SyscallBench.Fidelity;

/// <summary>One comparison: the same call, on the same CPU model, with the same mitigations, in both kernels.</summary>
/// <param name="Cpu">QEMU's CPU model.</param>
/// <param name="Call">As tables say it.</param>
/// <param name="Number">The call's, on x86-64.</param>
public sealed record FidelityCell(string Cpu, Mitigations Mitigations, string Call, int Number)
{
    // One of each vendor: on the first KPTI, retpolines and MDS clearing are active, on the second untrained return thunks.
    private static readonly string[] _cpus = ["Skylake-Client-v1", "EPYC-v1"];

    /// <summary>What the call has to return, as the benchmark's <c>expect=</c> takes it: ENOSYS from a number that nothing answers.</summary>
    public string Expect => Call is "hole" or "unknown" ? "-38" : "any";

    /// <summary>The platform that the kernels are booted as.</summary>
    public LinuxPlatform Platform => Mitigations == Mitigations.Off ? new LinuxNoMitigationsPlatform() : new LinuxDefaultPlatform();

    /// <summary>Every cell, in the order of the table.</summary>
    /// <param name="series">The kernels' series: <c>6.1</c>.</param>
    public static IReadOnlyList<FidelityCell> For(string series) =>
    [
        .. from cpu in _cpus
           from mitigations in (Mitigations[])[Mitigations.On, Mitigations.Off]
           from call in Calls(series)
           select new FidelityCell(cpu, mitigations, call.Name, call.Number),
    ];

    public override string ToString() => $"{Call} on {Cpu} with mitigations {Mitigations.Name()}";

    // Two calls that do a little work, and two numbers that nothing answers. A hole of the table goes through entry, table and return, as the noop does.
    // A number past the end fails the range check instead; it has to lie past our table too, which the noop makes 501 entries long: 499 is past the end
    // of the stock kernel's table and a hole in ours, two different paths.
    private static (string Name, int Number)[] Calls(string series) =>
        [("getppid", Syscalls.GetParent), ("getuid", 102), ("hole", HoleOf(series)), ("unknown", 1000)];

    // 335 was reserved until uretprobe took it in 6.11, and the numbers after it may follow; 387 to 423 never will (syscall_64.tbl).
    private static int HoleOf(string series) => Version.TryParse(series, out var version) && version < new Version(6, 11) ? 335 : 400;
}
