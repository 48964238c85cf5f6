using System.Globalization;

namespace SyscallBench.Model;

/// <summary>The system calls of Linux on x86-64 that are measured or held against others.</summary>
public static class Syscalls
{
    /// <summary>The artifact's: does nothing, and is in no kernel that was not patched.</summary>
    public const int Noop = 500;

    /// <summary><c>getppid</c>, or <c>syscall-335</c> for one that has no name here.</summary>
    public static string Name(long number) => number switch
    {
        Noop => "noop",
        39 => "getpid",
        102 => "getuid",
        110 => "getppid",
        _ => string.Create(CultureInfo.InvariantCulture, $"syscall-{number}"),
    };
}
