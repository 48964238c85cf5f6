using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>Where compilers and linkers run: on the host, or in a container. Whoever builds cannot tell which.</summary>
public interface IToolchain
{
    /// <summary><c>host</c>, <c>docker</c> or <c>podman</c>.</summary>
    string Name { get; }

    /// <summary>Versions of what decides the bytes, asked once.</summary>
    /// <exception cref="UserError">A compiler is missing, or the engine stopped answering.</exception>
    Task<ToolchainIdentity> IdentifyAsync(CancellationToken cancellation);

    /// <summary>Makes the sources readable and one folder writable for the commands of one build.</summary>
    IBuildRoom Open(BuildPlaces places);
}
