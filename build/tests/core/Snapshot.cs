using System.Runtime.CompilerServices;

namespace SyscallBench.Tests;

/// <summary>Files that a person looked at once and that must not change unnoticed: <c>snapshots/</c> beside the test.</summary>
internal static class Snapshot
{
    /// <summary>Set to accept what comes out now; the change is then in the diff for a person to look at.</summary>
    private const string Accept = "SYSCALL_BENCH_ACCEPT";

    public static void Match(string name, string text, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, "snapshots", name);
        if (Environment.GetEnvironmentVariable(Accept) is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{name} has no snapshot; run the test with {Accept}=1 and look at the file");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
