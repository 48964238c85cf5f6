using SyscallBench.Consoles;

namespace SyscallBench.Tests.Platforms;

/// <summary>Consoles of real boots (captured/README.md).</summary>
public static class CapturedBoot
{
    public static BootLog Read(string name)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "captured", name));
        return ConsoleParser.Parse(stream, name, 0, _ => { });
    }
}
