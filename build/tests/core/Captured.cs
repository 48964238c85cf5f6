namespace SyscallBench.Tests;

/// <summary>Finds what was captured outside, beside the test program.</summary>
internal static class Captured
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "captured", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));
}
