namespace SyscallBench.Fidelity;

/// <summary>A system call that the stock kernel and ours both answer in the same way, and so can be held against each other.</summary>
/// <param name="Name">As tables say it.</param>
/// <param name="Number">Its number on x86-64.</param>
/// <param name="Expect">What it has to return, as the benchmark's <c>expect=</c> takes it.</param>
public sealed record ProbedCall(string Name, int Number, string Expect)
{
    private const string Enosys = "-38";

    /// <summary>What perf measures, too.</summary>
    public static ProbedCall GetParent { get; } = new("getppid", 110, "any");

    /// <summary>
    /// Two calls that do a little work, and two numbers that nothing answers. A hole of the table (335, reserved since 4.16) goes through entry, table and return, as the noop
    /// does. A number past the end fails the range check instead; it has to lie past our table too, which the noop makes 501 entries long: 499 is past the
    /// end of the stock kernel's table and a hole in ours, two different paths.
    /// </summary>
    public static IReadOnlyList<ProbedCall> All { get; } =
    [
        GetParent,
        new("getuid", 102, "any"),
        new("hole", 335, Enosys),
        new("unknown", 1000, Enosys),
    ];
}
