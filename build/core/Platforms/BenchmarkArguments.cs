using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>What the benchmark is told on the guest's command line (bench-src/PROTOCOL.md, "Arguments").</summary>
/// <param name="Rounds">Timed rounds of a boot, 1 to 10,000.</param>
/// <param name="Iterations">Calls in each timed loop, 1 to 10^9.</param>
/// <param name="Warmup">Rounds before the first that counts, 0 to 1000.</param>
public sealed record BenchmarkArguments(int Rounds, long Iterations, int Warmup)
{
    // The benchmark's own limits (bench-src/PROTOCOL.md).
    public const int MostRounds = 10_000;
    public const long MostIterations = 1_000_000_000;
    public const int MostWarmup = 1000;

    /// <summary>System call number; null for the benchmark's own default, the noop.</summary>
    public int? SystemCall { get; init; }

    /// <summary>What the call has to return, <c>success</c> (no error) or <c>any</c>; null for the noop's constant.</summary>
    public string? Expect { get; init; }

    /// <summary>What the call is given; null for nothing.</summary>
    public string? Arguments { get; init; }

    /// <summary>The same with another call than the noop; null, or the noop itself, leaves the choice to the platform.</summary>
    public BenchmarkArguments With(SystemCall? call) =>
        call is null or { Number: Syscalls.Noop } ? this : this with { SystemCall = call.Number, Expect = "success", Arguments = call.Arguments };

    /// <summary>The loop calls a function that makes the system call, as a C program calls its library's, instead of making it itself.</summary>
    public bool ViaFunction { get; init; }

    /// <summary>The words, in an order that does not change.</summary>
    public IReadOnlyList<string> ToWords() =>
    [
        $"rounds={Rounds}",
        $"iters={Iterations}",
        $"warmup={Warmup}",
        .. SystemCall is null ? (string[])[] : [$"nr={SystemCall}"],
        .. Expect is null ? (string[])[] : [$"expect={Expect}"],
        .. Arguments is null ? (string[])[] : [$"args={Arguments}"],
        .. ViaFunction ? (string[])["via=function"] : [],
    ];

    public override string ToString() => string.Join(' ', ToWords());

    /// <summary>Why a boot is not the one that was asked for: what its program says it was told is something else.</summary>
    /// <returns>Null where it is what was asked for.</returns>
    public string? WhyOther(BeginRecord told)
    {
        (string What, long Asked, long Told)[] values =
        [
            ("rounds", Rounds, told.Rounds),
            ("iters", Iterations, told.Iterations),
            ("warmup", Warmup, told.Warmup),
            ("nr", SystemCall ?? Syscalls.Noop, told.SystemCall),
        ];
        return values.Where(value => value.Asked != value.Told)
            .Select(value => $"the benchmark was told {value.What}={value.Asked} and says {value.What}={value.Told}")
            .FirstOrDefault();
    }
}
