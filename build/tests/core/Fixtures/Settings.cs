namespace SyscallBench.Tests.Fixtures;

/// <summary>Settings that nobody measured.</summary>
public static class Settings
{
    public static Setting Of(string platform) => new()
    {
        Platform = platform,
        Accelerator = Accelerator.Tcg,
        Cpu = "Skylake-Client-v1",
        Rounds = 20,
        Iterations = 1000,
        Warmup = 1,
        Hashes = new Dictionary<string, string> { ["benchmark"] = new('a', 64) },
        Arguments = "ring=3 rounds=20 iters=1000 warmup=1",
        Qemu = "7.2.22",
        QemuArguments = "-nodefaults",
    };
}
