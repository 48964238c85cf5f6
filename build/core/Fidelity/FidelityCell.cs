using SyscallBench.Platforms;

namespace SyscallBench.Fidelity;

/// <summary>One comparison: the same call, on the same CPU model, with the same mitigations, in both kernels.</summary>
/// <param name="Cpu">QEMU's CPU model.</param>
/// <param name="Mitigations">On or off.</param>
/// <param name="Call">What is called.</param>
public sealed record FidelityCell(string Cpu, Mitigations Mitigations, ProbedCall Call)
{
    /// <summary>
    /// One model of each vendor: on the first KPTI, retpolines and MDS clearing are active, on the second untrained return thunks.
    /// </summary>
    public static IReadOnlyList<string> Cpus { get; } = ["Skylake-Client-v1", "EPYC-v1"];

    /// <summary>Every cell, in the order of the table.</summary>
    /// <param name="series">The kernels' series: <c>6.1</c>.</param>
    public static IReadOnlyList<FidelityCell> For(string series) =>
    [
        .. from cpu in Cpus
           from mitigations in (Mitigations[])[Mitigations.On, Mitigations.Off]
           from call in ProbedCall.For(series)
           select new FidelityCell(cpu, mitigations, call),
    ];

    /// <summary><c>on</c> or <c>off</c>.</summary>
    public string MitigationsText => Mitigations == Mitigations.Off ? "off" : "on";

    public override string ToString() => $"{Call.Name} on {Cpu} with mitigations {MitigationsText}";
}

/// <summary>A system call that the stock kernel and ours both answer in the same way, and so can be held against each other.</summary>
/// <param name="Name">As tables say it.</param>
/// <param name="Number">Its number on x86-64.</param>
/// <param name="Expect">What it has to return, as the benchmark's <c>expect=</c> takes it.</param>
public sealed record ProbedCall(string Name, int Number, string Expect)
{
    private const string Enosys = "-38";

    /// <summary>What perf measures, too.</summary>
    public static ProbedCall GetParent { get; } = new("getppid", Syscalls.GetParent, "any");

    /// <summary>
    /// Two calls that do a little work, and two numbers that nothing answers. A hole of the table goes through entry, table and return, as the noop
    /// does. A number past the end fails the range check instead; it has to lie past our table too, which the noop makes 501 entries long: 499 is past the
    /// end of the stock kernel's table and a hole in ours, two different paths.
    /// </summary>
    /// <param name="series">The kernels' series: <c>6.1</c>.</param>
    public static IReadOnlyList<ProbedCall> For(string series) =>
    [
        GetParent,
        new("getuid", 102, "any"),
        new("hole", HoleOf(series), Enosys),
        new("unknown", 1000, Enosys),
    ];

    /// <summary>One of them again, by name and number.</summary>
    internal static ProbedCall Of(string name, int number) => new(name, number, name is "hole" or "unknown" ? Enosys : "any");

    // 335 was reserved until uretprobe took it in 6.11, and the numbers after it may follow; 387 to 423 never will (syscall_64.tbl).
    private static int HoleOf(string series) => Version.TryParse(series, out var version) && version < new Version(6, 11) ? 335 : 400;
}
