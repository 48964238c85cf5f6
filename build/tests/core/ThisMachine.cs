using SyscallBench.Builds;
using SyscallBench.Processes;
using SyscallBench.Tests;

[assembly: AssemblyFixture(typeof(ThisMachine))]

namespace SyscallBench.Tests;

/// <summary>Runs real programs of the machine that the tests run on; one for all tests.</summary>
public sealed class ThisMachine : IDisposable
{
    private readonly ProcessRunner _processes = new();

    public ThisMachine()
    {
        Commands = new CommandRunner(_processes);
        Toolchain = new HostToolchain(Commands);
    }

    public CommandRunner Commands { get; }

    public HostToolchain Toolchain { get; }

    public void Dispose() => _processes.Dispose();
}
