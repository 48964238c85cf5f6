using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>A build on the host: paths are what they are, but for sources in a place that make cannot name; those are copied.</summary>
internal sealed class HostRoom : IBuildRoom
{
    private readonly ICommandRunner _runner;
    private readonly BuildPlaces _places;
    private readonly Dictionary<string, string> _sources;

    public HostRoom(ICommandRunner runner, BuildPlaces places)
    {
        if (!MakePath.IsSafe(places.Output))
            throw new UserError($"make cannot build in {places.Output}: a path without spaces and colons is needed; set XDG_CACHE_HOME to one");
        _runner = runner;
        _places = places;
        _sources = places.Sources.ToDictionary(source => source.Key, source => Reachable(source.Key, source.Value));
    }

    public string Output => _places.Output;

    public string? Cache => ProgramFinder.Find("ccache") is null ? null : _places.Cache;

    public string Source(string name) => _sources[name];

    public async Task RunAsync(BuildCommand command, CancellationToken cancellation)
    {
        using var log = new BuildLog(_places.Log);
        log.Begin(command.Arguments);
        var exitCode = await _runner.RunAsync(
            new Command(command.Arguments[0], [.. command.Arguments.Skip(1)])
            {
                Environment = EnvironmentOf(command),
                WorkingDirectory = _places.Output,
                Deadline = command.Deadline,
                OnLine = line =>
                {
                    log.Add(line);
                    command.OnLine?.Invoke(line);
                },
            },
            cancellation);
        if (exitCode != 0)
            throw new BuildError(_places, log.Cause, exitCode);
    }

    private string Reachable(string name, string folder)
    {
        if (MakePath.IsSafe(folder))
            return folder;
        var copy = Path.Combine(_places.Output, ".sources", name);
        Folder.Copy(folder, copy);
        return copy;
    }

    private Dictionary<string, string> EnvironmentOf(BuildCommand command)
    {
        var environment = new Dictionary<string, string>(BuildEnvironment.Variables) { ["HOME"] = _places.Output };
        foreach (var (name, value) in CompilerCache.Variables(Cache).Concat(command.Environment))
            environment[name] = value;
        return environment;
    }
}
