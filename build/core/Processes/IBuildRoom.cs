using SyscallBench.Builds;
using SyscallBench.Model;

namespace SyscallBench.Processes;

/// <summary>What the commands of one build see. Paths handed to a command come from here: a container has its own.</summary>
public interface IBuildRoom
{
    /// <summary>Path of a source folder as the commands see it; <see cref="FixedPaths.Source"/> in a container.</summary>
    string Source(string name);

    /// <summary>Path of the one folder that may be written, as the commands see it.</summary>
    string Output { get; }

    /// <summary>Path of the compiler cache as the commands see it; null where there is none.</summary>
    string? Cache { get; }

    /// <summary>Runs one command to its end; its output goes to the build's log.</summary>
    /// <exception cref="UserError">It could not be started or failed; the message holds the line that says why, and the log's path.</exception>
    Task RunAsync(BuildCommand command, CancellationToken cancellation);
}
