using SyscallBench.Model;
using SyscallBench.Results;
using SyscallBench.Steps;

namespace SyscallBench.Fidelity;

/// <summary>Where the comparison is kept: <c>results/fidelity.txt</c> for people, <c>results/fidelity.json</c> for programs.</summary>
public static class FidelityFiles
{
    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public static void Write(Workspace workspace, FidelityReport report, HostCheckResult? host)
    {
        string[] lines = [.. FidelityTable.Lines(report), .. host is null ? (string[])[] : ["", .. host.Lines()]];
        AtomicFile.Write(Path.Combine(workspace.Results, "fidelity.txt"), string.Join('\n', lines) + "\n");
        AtomicFile.Write(Path.Combine(workspace.Results, "fidelity.json"), JsonFormat.Serialize(FidelityDocument.Of(report, host)));
    }
}
