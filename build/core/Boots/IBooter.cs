using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Runs the benchmark once on platforms of one kind.</summary>
public interface IBooter
{
    /// <summary>Whether this is the kind it runs.</summary>
    bool Takes(Platform platform);

    /// <summary>Everything that the console of a boot depends on besides the images' contents, by name; no path of this machine.</summary>
    IReadOnlyDictionary<string, string> Inputs(PlannedBoot boot);

    /// <summary>Boots once, to the end.</summary>
    /// <param name="boot">What is booted.</param>
    /// <param name="console">File that receives the console.</param>
    /// <param name="deadline">After this the boot is ended.</param>
    /// <param name="cancellation">Ends the boot.</param>
    /// <exception cref="UserError">A program that is needed is not there.</exception>
    Task<BootRun> RunAsync(PlannedBoot boot, string console, TimeSpan deadline, CancellationToken cancellation);
}

/// <summary>How a boot went, before its console is judged.</summary>
/// <param name="CommandLine">The program, then its arguments.</param>
/// <param name="Process">Its end.</param>
/// <param name="Pinning">Where it ran, one sentence.</param>
/// <param name="Facts">What was seen from the outside, by the names of <see cref="BootFacts"/>.</param>
public sealed record BootRun(
    IReadOnlyList<string> CommandLine,
    ProcessResult Process,
    string Pinning,
    IReadOnlyDictionary<string, string> Facts);
