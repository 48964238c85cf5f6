using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>Decides where compilers run. The host is not asked for its compilers here: they may have to be installed first.</summary>
/// <param name="workspace">Has the image's Dockerfile.</param>
/// <param name="processes">Runs compilers and the engines' clients.</param>
/// <param name="engines">The engines to choose from, the preferred one first.</param>
/// <param name="debian">Makes a base image where no registry can be reached.</param>
public sealed class ToolchainChooser(Workspace workspace, IProcessRunner processes, IReadOnlyList<IContainerEngine> engines, DebianBase debian)
{
    /// <param name="choice"><c>auto</c>, <c>host</c>, or an engine's name.</param>
    /// <param name="say">Told what had to be made for the choice, or why an engine was passed over.</param>
    /// <param name="cancellation">Stops whatever is being made.</param>
    /// <exception cref="UserError">The engine that was asked for cannot be used; the message has the command that mends it.</exception>
    public async Task<IToolchain> ChooseAsync(string choice, Action<string>? say, CancellationToken cancellation)
        => choice switch
        {
            "host" => new HostToolchain(processes),
            "auto" => await AutomaticAsync(say, cancellation),
            _ => await NamedAsync(engines.First(engine => engine.Name == choice), say, cancellation),
        };

    private async Task<IToolchain> AutomaticAsync(Action<string>? say, CancellationToken cancellation)
    {
        foreach (var engine in engines)
        {
            if (await engine.WhyUnusableAsync(cancellation) is not null)
                continue;
            try
            {
                return await InAsync(engine, say, cancellation);
            }
            catch (UserError error)
            {
                say?.Invoke($"{engine.Name} answers, and yet cannot be used: {error.Message}");
            }
        }

        return new HostToolchain(processes);
    }

    private async Task<IToolchain> NamedAsync(IContainerEngine engine, Action<string>? say, CancellationToken cancellation)
        => await engine.WhyUnusableAsync(cancellation) is { } why ? throw new UserError($"--toolchain={engine.Name}: {why}") : await InAsync(engine, say, cancellation);

    private async Task<IToolchain> InAsync(IContainerEngine engine, Action<string>? say, CancellationToken cancellation)
        => new ContainerToolchain(workspace, engine, processes, await new ToolchainImage(workspace, engine, debian).EnsureAsync(say, cancellation));
}
