using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>The compilers that are installed on this machine.</summary>
public sealed class HostToolchain(IProcessRunner processes) : IToolchain
{
    private ToolchainIdentity? _identity;

    public string Name => "host";

    public async Task<ToolchainIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        if (_identity is not null)
            return _identity;
        string[] tools = ["gcc", "ld", "make"];
        var versions = await Task.WhenAll(tools.Select(tool => VersionAsync(tool, cancellation)));
        return _identity = new ToolchainIdentity(Name, tools.Zip(versions).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    public IBuildSandbox Open(BuildFolders folders) => Workspace.IsSafeForMake(folders.Output)
        ? new HostSandbox(processes, folders)
        : throw new UserError($"make cannot build in {folders.Output}: a path without spaces and colons is needed; set XDG_CACHE_HOME to one");

    private async Task<string> VersionAsync(string tool, CancellationToken cancellation)
    {
        var result = await processes.RunAsync(new ProcessRequest(tool, "--version") { Deadline = TimeSpan.FromMinutes(1) }, cancellation);
        return result.OutputTail.FirstOrDefault() ?? throw new UserError($"{tool} --version says nothing: is {tool} installed properly?");
    }
}

/// <summary>A build on the host: paths are what they are, but for sources in a place that make cannot name; those are copied.</summary>
internal sealed class HostSandbox(IProcessRunner processes, BuildFolders folders) : IBuildSandbox
{
    private readonly Dictionary<string, string> _sources =
        folders.Sources.ToDictionary(source => source.Key, source => Reachable(folders.Output, source.Key, source.Value));

    public string Output => folders.Output;

    public string? Cache => ProgramFinder.Find("ccache") is null ? null : folders.Cache;

    public string Source(string name) => _sources[name];

    public async Task RunAsync(ProcessRequest command, CancellationToken cancellation)
    {
        using var log = new BuildLog(folders.Log);
        var followed = log.Follow(command) with { Environment = OwnEnvironment(), WorkingDirectory = folders.Output };
        var result = await processes.RunAsync(followed, cancellation);
        if (!result.InTime().Succeeded)
            throw new BuildError(folders, log.Cause, result.ExitCode);
    }

    private static string Reachable(string output, string name, string folder)
    {
        if (Workspace.IsSafeForMake(folder))
            return folder;
        var copy = Path.Combine(output, ".sources", name);
        Folder.Copy(folder, copy);
        return copy;
    }

    // Null removes a variable: of the caller's own, only PATH stays.
    private Dictionary<string, string?> OwnEnvironment()
    {
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name != "PATH").ToDictionary(name => name, _ => (string?)null);
        environment["HOME"] = folders.Output;
        foreach (var (name, value) in BuildEnvironment.With(Cache))
            environment[name] = value;
        return environment;
    }
}
