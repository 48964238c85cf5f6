using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Platforms;

/// <summary>What the benchmark makes of CPUID, for CPUs that no emulator has: its source with another instruction in the place of CPUID.</summary>
public sealed class BenchmarkCpuTests : IDisposable
{
    private const string Program =
        """
        #include <stdlib.h>
        #include "cpu.h"
        static uint32_t eax_of_7[2];
        #define __asm__
        #define volatile(...) leaf = (struct leaf){.eax = number == 0 ? 7 : number == 7 ? eax_of_7[sub & 1] : 0}
        #include "cpu.c"
        int main(int count, char **words)
        {
            struct cpu cpu;
            eax_of_7[0] = (uint32_t)strtoul(words[1], NULL, 16);
            eax_of_7[1] = (uint32_t)strtoul(words[2], NULL, 16);
            cpu_read(&cpu);
            return count == 3 && cpu.fred;
        }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Bit 17 of EAX of subleaf 1, where there is such a subleaf.</summary>
    [Theory]
    [InlineData("1", "20000", 1)]
    [InlineData("2", "ffffffff", 1)]
    [InlineData("1", "fffdffff", 0)]
    [InlineData("0", "ffffffff", 0)]
    public async Task Should_Know_A_Cpu_With_Fred(string subleaves, string features, int fred)
    {
        Assert.SkipWhen(ProgramFinder.Find("gcc") is null, "gcc is not installed");
        using var processes = new ProcessRunner();
        var (source, program) = (_folder.Write("fred.c", Program), _folder.Path("fred"));
        var gcc = await processes.RunAsync(
            new ProcessRequest("gcc", "-I", Path.Combine(SourceTree.Root, "bench-src", "benchmark"), "-o", program, source), TestContext.Current.CancellationToken);
        Assert.True(gcc.Succeeded, gcc.Describe());

        var result = await processes.RunAsync(new ProcessRequest(program, subleaves, features), TestContext.Current.CancellationToken);

        Assert.Equal(fred, result.ExitCode);
    }
}
