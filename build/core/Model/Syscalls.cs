
namespace SyscallBench.Model;

/// <summary>The system calls of Linux on x86-64 that are measured or held against others.</summary>
public static class Syscalls
{
    /// <summary>The artifact's: does nothing, and is in no kernel that was not patched.</summary>
    public const int Noop = 500;

    /// <summary>Does next to nothing, and is in every kernel.</summary>
    public const int GetParent = 110;

    public static IReadOnlyList<SystemCall> Measured { get; } =
    [
        new("noop", Noop),
        new("getppid", GetParent),
        new("getuid", 102),
        new("read", 0, "null,buffer,1"),
        new("write", 1, "null,buffer,1"),
        new("clock_gettime", 228, "1,buffer"),
    ];

    /// <summary><c>getppid</c>, or <c>syscall-335</c> for one that has no name here.</summary>
    public static string Name(long number) => number switch
    {
        Noop => "noop",
        39 => "getpid",
        _ when Measured.FirstOrDefault(call => call.Number == number) is { } known => known.Name,
        _ => FormattableString.Invariant($"syscall-{number}"),
    };
}

/// <param name="Arguments">What it is given (bench-src/PROTOCOL.md, <c>args</c>): one byte on the null device, the monotonic clock; null for nothing.</param>
public sealed record SystemCall(string Name, int Number, string? Arguments = null);
