using SyscallBench.Consoles;

namespace SyscallBench.Tests.Platforms;

/// <summary>Consoles of real boots (captured/README.md).</summary>
public static class CapturedBoot
{
    public static BootLog Read(string name) => ConsoleReader.Read(Path.Combine(AppContext.BaseDirectory, "captured", name), name, 0);
}
