using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Runs one <c>docker</c> command through Cake's tool machinery, so that <see cref="ToolSettings"/> count and a failure throws.</summary>
/// <typeparam name="TSettings">Options of the command.</typeparam>
public class GenericDockerRunner<TSettings>(IFileSystem fileSystem, ICakeEnvironment environment, IProcessRunner processRunner, IToolLocator tools)
    : Tool<TSettings>(fileSystem, environment, processRunner, tools)
    where TSettings : AutoToolSettings, new()
{
    /// <exception cref="CakeException">There is no docker, or it exited with another code than 0.</exception>
    public void Run(string command, TSettings settings, string[] additional) => Run(settings, Arguments(command, settings, additional));

    /// <summary>Runs, and hands the lines of standard output to <paramref name="processOutput"/>.</summary>
    public T[] RunWithResult<T>(string command, TSettings settings, Func<IEnumerable<string>, T[]> processOutput, params string[] arguments)
    {
        T[] result = [];
        Run(
            settings,
            Arguments(command, settings, arguments),
            new ProcessSettings { RedirectStandardOutput = true },
            process => result = processOutput(process.GetStandardOutput()));
        return result;
    }

    protected override string GetToolName() => "Docker";

    protected override IEnumerable<string> GetToolExecutableNames() => ["docker", "docker.exe"];

    private static ProcessArgumentBuilder Arguments(string command, TSettings settings, string[] additional)
    {
        var builder = new ProcessArgumentBuilder();
        builder.Append(command).AppendSettings(settings);
        foreach (var argument in additional)
            builder.Append(argument);
        return builder;
    }
}
