using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>The compilers that are installed on this machine.</summary>
public sealed class HostToolchain(ICommandRunner runner) : IToolchain
{
    private static readonly string[] _tools = ["gcc", "ld", "make"];

    private ToolchainIdentity? _identity;

    /// <inheritdoc/>
    public string Name => "host";

    /// <inheritdoc/>
    public async Task<ToolchainIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        if (_identity is null)
        {
            var versions = await Task.WhenAll(_tools.Select(tool => VersionAsync(tool, cancellation)));
            _identity = new ToolchainIdentity(Name, _tools.Zip(versions).ToDictionary(pair => pair.First, pair => pair.Second));
        }

        return _identity;
    }

    /// <inheritdoc/>
    public IBuildRoom Open(BuildPlaces places) => new HostRoom(runner, places);

    private async Task<string> VersionAsync(string tool, CancellationToken cancellation)
    {
        string? first = null;
        await runner.RunAsync(new Command(tool, ["--version"]) { OnLine = line => first ??= line }, cancellation);
        return first ?? throw new UserError($"{tool} --version says nothing: is {tool} installed properly?");
    }
}
