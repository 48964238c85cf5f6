using Cake.Core;

namespace Cake.Docker;

/// <summary>Commands of the docker client.</summary>
public static class DockerAliases
{
    /// <summary>Builds an image from the context folder <paramref name="path"/>, which is quoted unless it is already.</summary>
    public static void DockerBuild(this ICakeContext context, DockerImageBuildSettings? settings, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var quoted = path.StartsWith('"') && path.EndsWith('"') ? path : $"\"{path}\"";
        Runner<DockerImageBuildSettings>(context).Run("image build", settings ?? new(), [quoted]);
    }

    /// <summary>Any other command with its options, such as <c>version --format {{.Server.Version}}</c>, and nothing quoted.</summary>
    /// <returns>The lines of standard output.</returns>
    public static IEnumerable<string> DockerCustomCommand(this ICakeContext context, DockerCustomCommandSettings settings, string command)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        var parts = command.Split(' ', 2);
        return Runner<DockerCustomCommandSettings>(context).RunWithResult(parts[0], settings, lines => lines.ToArray(), [.. parts.Skip(1)]);
    }

    private static GenericDockerRunner<TSettings> Runner<TSettings>(ICakeContext context)
        where TSettings : AutoToolSettings, new()
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context.FileSystem, context.Environment, context.ProcessRunner, context.Tools);
    }
}
