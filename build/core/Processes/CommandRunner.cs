using SyscallBench.Model;

namespace SyscallBench.Processes;

/// <summary>Runs programs of this machine.</summary>
public sealed class CommandRunner(ProcessRunner processes) : ICommandRunner
{
    /// <inheritdoc/>
    public async Task<int> RunAsync(Command command, CancellationToken cancellation)
    {
        var gate = new Lock();
        var result = await processes.RunAsync(
            new ProcessRequest
            {
                Program = command.Program,
                Arguments = command.Arguments,
                WorkingDirectory = command.WorkingDirectory,
                Environment = Only(command.Environment),
                Deadline = command.Deadline,
                OnOutput = Tell,
                OnError = Tell,
            },
            cancellation);
        return result.TimedOut ? throw new UserError(result.Describe()) : result.ExitCode;

        void Tell(string line)
        {
            lock (gate)
                command.OnLine?.Invoke(line);
        }
    }

    // Null removes a variable: of the caller's own, only PATH stays.
    private static Dictionary<string, string?> Only(IReadOnlyDictionary<string, string>? wanted)
    {
        var environment = new Dictionary<string, string?>();
        if (wanted is null)
            return environment;
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
            environment[name] = null;
        environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in wanted)
            environment[name] = value;
        return environment;
    }
}
