using Cake.Core;
using SyscallBench.Build.Adapters;
using SyscallBench.Builds;
using SyscallBench.Model;
using SyscallBench.Processes;
using SyscallBench.Sources;

namespace SyscallBench.Build.Hosting;

/// <summary>The parts of core that live as long as the program does.</summary>
public sealed class CoreServices : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>Starts every external program; whatever is still running ends with it.</summary>
    public ProcessRunner Processes { get; } = new();

    /// <summary>Gets a kernel's source to this machine.</summary>
    /// <param name="workspace">Where it is kept.</param>
    /// <param name="onBytes">Told how many bytes of a download are there, and of how many; null where nobody asks.</param>
    public KernelSources KernelSources(Workspace workspace, Action<long, long?>? onBytes = null) =>
        new(workspace, new DebianKernels(workspace, Processes, OsReleaseText), new Downloader(_http) { OnBytes = onBytes });

    /// <summary>Chooses where compilers run.</summary>
    public ToolchainChooser Toolchains(Workspace workspace, ICakeContext context) => new(
        workspace,
        Processes,
        [new CakeDockerEngine(context), new CommandLineEngine("podman", Processes)],
        new DebianBase(Processes, Environment.IsPrivilegedProcess));

    public static string? OsReleaseText => File.Exists("/etc/os-release") ? File.ReadAllText("/etc/os-release") : null;

    public void Dispose()
    {
        Processes.Dispose();
        _http.Dispose();
    }
}
