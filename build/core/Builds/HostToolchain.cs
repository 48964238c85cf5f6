using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>The compilers that are installed on this machine.</summary>
public sealed class HostToolchain(IProcessRunner processes) : IToolchain
{
    private static readonly string[] _tools = ["gcc", "ld", "make"];

    private ToolchainIdentity? _identity;

    public string Name => "host";

    public async Task<ToolchainIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        if (_identity is null)
        {
            var versions = await Task.WhenAll(_tools.Select(tool => VersionAsync(tool, cancellation)));
            _identity = new ToolchainIdentity(Name, _tools.Zip(versions).ToDictionary(pair => pair.First, pair => pair.Second));
        }

        return _identity;
    }

    public IBuildSandbox Open(BuildFolders folders) => new HostSandbox(processes, folders);

    private async Task<string> VersionAsync(string tool, CancellationToken cancellation)
    {
        var result = await processes.RunAsync(new ProcessRequest(tool, "--version") { Deadline = TimeSpan.FromMinutes(1) }, cancellation);
        return result.OutputTail.FirstOrDefault() ?? throw new UserError($"{tool} --version says nothing: is {tool} installed properly?");
    }
}

/// <summary>A build on the host: paths are what they are, but for sources in a place that make cannot name; those are copied.</summary>
internal sealed class HostSandbox : IBuildSandbox
{
    private readonly IProcessRunner _processes;
    private readonly BuildFolders _folders;
    private readonly Dictionary<string, string> _sources;

    public HostSandbox(IProcessRunner processes, BuildFolders folders)
    {
        if (!Workspace.IsSafeForMake(folders.Output))
            throw new UserError($"make cannot build in {folders.Output}: a path without spaces and colons is needed; set XDG_CACHE_HOME to one");
        _processes = processes;
        _folders = folders;
        _sources = folders.Sources.ToDictionary(source => source.Key, source => Reachable(source.Key, source.Value));
    }

    public string Output => _folders.Output;

    public string? Cache => ProgramFinder.Find("ccache") is null ? null : _folders.Cache;

    public string Source(string name) => _sources[name];

    public async Task RunAsync(ProcessRequest command, CancellationToken cancellation)
    {
        using var log = new BuildLog(_folders.Log);
        var result = await _processes.RunAsync(
            log.Follow(command) with { Environment = EnvironmentOf(command), WorkingDirectory = _folders.Output, Deadline = command.Deadline ?? BuildFolders.Patience },
            cancellation);
        if (!result.InTime().Succeeded)
            throw new BuildError(_folders, log.Cause, result.ExitCode);
    }

    private string Reachable(string name, string folder)
    {
        if (Workspace.IsSafeForMake(folder))
            return folder;
        var copy = Path.Combine(_folders.Output, ".sources", name);
        Folder.Copy(folder, copy);
        return copy;
    }

    // Null removes a variable: of the caller's own, only PATH stays.
    private Dictionary<string, string?> EnvironmentOf(ProcessRequest command)
    {
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name != "PATH").ToDictionary(name => name, _ => (string?)null);
        environment["HOME"] = _folders.Output;
        foreach (var (name, value) in BuildEnvironment.Variables.Concat(CompilerCache.Variables(Cache)))
            environment[name] = value;
        foreach (var (name, value) in command.Environment)
            environment[name] = value;
        return environment;
    }
}
