using SyscallBench.Model;

namespace SyscallBench.Builds;

/// <summary>What we need of Docker or Podman beside running a container.</summary>
public interface IContainerEngine
{
    /// <summary><c>docker</c> or <c>podman</c>; the client program's name too.</summary>
    string Name { get; }

    /// <summary>Why it cannot be used, and the command that mends that; null when it answers. Comes back within seconds.</summary>
    Task<string?> WhyUnusableAsync(CancellationToken cancellation);

    /// <summary>Digest of an image, <c>sha256:…</c>; null when it is not there.</summary>
    Task<string?> ImageIdAsync(string image, CancellationToken cancellation);

    /// <summary>Gets an image from its registry.</summary>
    /// <returns>False when it cannot be had.</returns>
    Task<bool> PullAsync(string image, CancellationToken cancellation);

    /// <summary>Makes an image of a root file system in a tar file.</summary>
    /// <exception cref="UserError">The engine refused.</exception>
    Task ImportAsync(string tarFile, string image, CancellationToken cancellation);

    /// <summary>Builds the Dockerfile of a folder.</summary>
    /// <param name="folder">Has the Dockerfile.</param>
    /// <param name="arguments">Values for its <c>ARG</c>s.</param>
    /// <param name="image">Name of the result.</param>
    /// <param name="cancellation">Stops the client.</param>
    /// <exception cref="UserError">A command of it failed.</exception>
    Task BuildAsync(string folder, IReadOnlyDictionary<string, string> arguments, string image, CancellationToken cancellation);

    /// <summary>Ends and removes a container at once, if it is there.</summary>
    Task KillAsync(string container);
}
