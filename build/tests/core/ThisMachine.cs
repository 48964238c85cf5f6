using SyscallBench.Builds;
using SyscallBench.Processes;
using SyscallBench.Tests;

[assembly: AssemblyFixture(typeof(ThisMachine))]

namespace SyscallBench.Tests;

/// <summary>Runs real programs of the machine that the tests run on; one for all tests.</summary>
public sealed class ThisMachine : IDisposable
{
    public ThisMachine()
    {
        Toolchain = new HostToolchain(Processes);
    }

    public ProcessRunner Processes { get; } = new();

    public HostToolchain Toolchain { get; }

    public void Dispose() => Processes.Dispose();
}
