using System.Text.RegularExpressions;
using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Asks QEMU which version it is.</summary>
public static partial class QemuVersion
{
    public const string Remedy = "install the package qemu-system-x86 (apt-get install qemu-system-x86)";

    /// <summary>Version with the packager's, for example <c>7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)</c>.</summary>
    /// <exception cref="UserError">QEMU is not there, or it does not say its version.</exception>
    public static async Task<string> ReadAsync(ProcessRunner processes, string program, CancellationToken cancellation)
    {
        var request = new ProcessRequest { Program = program, Arguments = ["--version"], Deadline = TimeSpan.FromSeconds(20), Remedy = Remedy };
        var result = await processes.RunAsync(request, cancellation).ConfigureAwait(false);
        return result.OutputTail.Select(Parse).FirstOrDefault(version => version is not null)
            ?? throw new UserError($"{program} --version says no version: {result.Describe()}; {Remedy}");
    }

    /// <summary>Null for a line that holds no version.</summary>
    public static string? Parse(string line) =>
        VersionLine().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^QEMU emulator version (\d+\.\d+.*?)\s*$")]
    private static partial Regex VersionLine();
}
