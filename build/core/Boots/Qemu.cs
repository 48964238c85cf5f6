using System.Text.RegularExpressions;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>What there is to know about a QEMU before it boots anything, and how it says that it gives up.</summary>
public static partial class Qemu
{
    public const string Remedy = "install the package qemu-system-x86 (apt-get install qemu-system-x86)";

    /// <summary>How QEMU's words begin when a guest cannot go on under KVM. It does not exit then.</summary>
    internal const string KvmInternalError = "KVM internal error";

    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(20);

    /// <summary>Version with the packager's, for example <c>7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)</c>.</summary>
    /// <exception cref="UserError">QEMU is not there, or it does not say its version.</exception>
    public static async Task<string> VersionAsync(ProcessRunner processes, string program, CancellationToken cancellation)
    {
        var result = await AskAsync(processes, program, ["--version"], cancellation).ConfigureAwait(false);
        return result.OutputTail.Select(ParseVersion).FirstOrDefault(version => version is not null)
            ?? throw new UserError($"{program} --version says no version: {result.Describe()}; {Remedy}");
    }

    internal static string? ParseVersion(string line) => VersionLine().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Whether it was built with a sandbox. It reads that option before it lists its CPU models and exits.</summary>
    public static async Task<bool> HasSandboxAsync(ProcessRunner processes, string program, CancellationToken cancellation)
    {
        var result = await AskAsync(processes, program, [.. QemuCommand.SandboxArguments, "-cpu", "help"], cancellation).ConfigureAwait(false);
        return result is { ExitCode: 0, TimedOut: false };
    }

    /// <summary>Makes QEMU read a CPU model with its properties. It makes the CPU before it looks at the kernel, which is none.</summary>
    /// <exception cref="UsageError">There is no such model or property under TCG.</exception>
    public static async Task CheckCpuAsync(ProcessRunner processes, string program, string cpu, CancellationToken cancellation)
    {
        const string NoKernel = "/dev/null";
        var command = new QemuCommand { Accelerator = Accelerator.Tcg, Cpu = cpu, Kernel = NoKernel, Serial = NoKernel };
        var result = await AskAsync(processes, program, command.ToArguments(), cancellation).ConfigureAwait(false);
        if (Error(result.ErrorTail) is not { } error || error.Contains($"'{NoKernel}'", StringComparison.Ordinal))
            return;

        // "x86 EPYC-v1               AMD EPYC Processor", then the names of features, indented, each list below a title that ends in a colon.
        var help = await AskAsync(processes, program, ["-cpu", "help"], cancellation).ConfigureAwait(false);
        var models = help.OutputTail.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words is ["x86", _, ..]).Select(words => words[1]).ToList();
        var typed = cpu.Split(',')[0];
        var near = models.Contains(typed) ? "" : Nearest.Suggest(typed, models);
        throw new UsageError($"--cpu={cpu}: {error}{near}; {program} -cpu help lists the models");
    }

    /// <summary>The line on standard error that says why QEMU gave up; null where it only warned, for example of CPU features that TCG does not have.</summary>
    public static string? Error(IReadOnlyList<string> lines)
    {
        var errors = lines.Where(line => !string.IsNullOrWhiteSpace(line) && !line.Contains("warning:", StringComparison.Ordinal)).ToList();

        // A register dump follows the first of these, a core dump's note the second.
        return (errors.FirstOrDefault(line => line.Contains(KvmInternalError, StringComparison.Ordinal))
            ?? errors.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            ?? errors.FirstOrDefault())?.Trim();
    }

    private static Task<ProcessResult> AskAsync(ProcessRunner processes, string program, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        processes.RunAsync(new ProcessRequest(program, arguments) { Deadline = _deadline, Remedy = Remedy }, cancellation);

    [GeneratedRegex(@"^QEMU emulator version (\d+\.\d+.*?)\s*$")]
    private static partial Regex VersionLine();
}
