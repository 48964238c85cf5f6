namespace SyscallBench.Toolchains;

/// <summary>A build on the host: paths are what they are.</summary>
internal sealed class HostRoom(ICommandRunner runner, BuildPlaces places) : IBuildRoom
{
    public string Output => places.Output;

    public string? Cache => places.Cache;

    public string Source(string name) => places.Sources[name];

    public async Task RunAsync(BuildCommand command, CancellationToken cancellation)
    {
        using var log = new BuildLog(places.Log);
        log.Begin(command.Arguments);
        var exitCode = await runner.RunAsync(
            new Command(command.Arguments[0], [.. command.Arguments.Skip(1)])
            {
                Environment = EnvironmentOf(command),
                WorkingDirectory = places.Output,
                Deadline = command.Deadline,
                OnLine = line =>
                {
                    log.Add(line);
                    command.OnLine?.Invoke(line);
                },
            },
            cancellation);
        if (exitCode != 0)
            throw new BuildError(places, log.Cause, exitCode);
    }

    private Dictionary<string, string> EnvironmentOf(BuildCommand command)
    {
        var environment = new Dictionary<string, string>(BuildEnvironment.Variables) { ["HOME"] = places.Output };
        foreach (var (name, value) in command.Environment)
            environment[name] = value;
        return environment;
    }
}
