using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Builds;

/// <summary>A build in containers, one for each command; all see the same paths, whatever the host's are.</summary>
internal sealed class ContainerRoom(IContainerEngine engine, ICommandRunner commands, ContainerRun run) : IBuildRoom
{
    // docker-run(1): the engine failed, and not the command in the container.
    private const int EngineFailed = 125;

    // 128 + SIGKILL: the engine ends a container that outgrew its memory.
    private const int Killed = 137;

    public string Output => FixedPaths.Output;

    public string? Cache => run.Places.Cache is null ? null : FixedPaths.Cache;

    public string Source(string name)
        => run.Places.Sources.ContainsKey(name) ? FixedPaths.Source(name) : throw new KeyNotFoundException($"this build has no source called {name}");

    public async Task RunAsync(BuildCommand command, CancellationToken cancellation)
    {
        using var log = new BuildLog(run.Places.Log);
        log.Begin(command.Arguments);
        var container = run with { Name = $"syscall-bench-{Guid.NewGuid():n}" };
        var exitCode = 0;
        var ended = false;
        await Caller.LendAsync(commands, run.Places);
        try
        {
            exitCode = await commands.RunAsync(
                new Command(engine.Name, container.Arguments(command))
                {
                    Deadline = command.Deadline,
                    OnLine = line =>
                    {
                        log.Add(line);
                        command.OnLine?.Invoke(line);
                    },
                },
                cancellation);
            ended = true;
        }
        finally
        {
            // Ending the client does not end the container.
            if (!ended)
                await engine.KillAsync(container.Name);
            await Caller.TakeBackAsync(commands, run.Places);
        }

        if (exitCode != 0)
            throw await ExplainAsync(exitCode, log.Cause, cancellation);
    }

    private async Task<UserError> ExplainAsync(int exitCode, string cause, CancellationToken cancellation)
    {
        // Whatever the code: an engine that stops asks its containers to end first, and make does, as after a compiler's error.
        if (await engine.WhyUnusableAsync(cancellation) is { } why)
            return new UserError($"{engine.Name} stopped while {run.Places.What} was being built: {why}; then run again");
        return exitCode switch
        {
            EngineFailed => new UserError($"{engine.Name} could not start the build of {run.Places.What}: {cause}"),
            Killed => new UserError($"building {run.Places.What} was killed in its container, most likely for want of memory ({run.Memory >> 30} GiB); try fewer --jobs"),
            _ => new BuildError(run.Places, cause, exitCode),
        };
    }
}
