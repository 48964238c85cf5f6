using Cake.Core;

namespace Cake.Docker;

/// <summary>Commands of the docker client.</summary>
public static class DockerAliases
{
    public static void DockerBuild(this ICakeContext context, string path) => context.DockerBuild(null, path);

    /// <summary>Builds an image from the context folder <paramref name="path"/>.</summary>
    public static void DockerBuild(this ICakeContext context, DockerImageBuildSettings? settings, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Runner<DockerImageBuildSettings>(context).Run("image build", settings ?? new(), [$"\"{path.Trim('"')}\""]);
    }

    public static string? DockerRun(this ICakeContext context, string image, string command, params string[] args) =>
        context.DockerRun(null, image, command, args);

    /// <summary>Runs a command in a new container. Arguments are not quoted: whoever gives one with a space quotes it.</summary>
    /// <returns>The first line of standard output.</returns>
    public static string? DockerRun(this ICakeContext context, DockerContainerRunSettings? settings, string image, string command, params string[] args) =>
        Runner<DockerContainerRunSettings>(context)
            .RunWithResult("run", settings ?? new(), lines => lines.ToArray(), Arguments(image, command, args))
            .FirstOrDefault();

    public static void DockerRunWithoutResult(this ICakeContext context, string image, string command, params string[] args) =>
        context.DockerRunWithoutResult(null, image, command, args);

    /// <summary>Runs a command in a new container, its output where ours goes. Arguments are not quoted.</summary>
    public static void DockerRunWithoutResult(
        this ICakeContext context, DockerContainerRunSettings? settings, string image, string command, params string[] args) =>
        Runner<DockerContainerRunSettings>(context).Run("run", settings ?? new(), Arguments(image, command, args));

    public static void DockerRm(this ICakeContext context, params string[] containers) => context.DockerRm(null, containers);

    public static void DockerRm(this ICakeContext context, DockerContainerRmSettings? settings, params string[] containers)
    {
        ArgumentNullException.ThrowIfNull(containers);
        ArgumentOutOfRangeException.ThrowIfZero(containers.Length);
        Runner<DockerContainerRmSettings>(context).Run("rm", settings ?? new(), containers);
    }

    public static void DockerTag(this ICakeContext context, string imageReference, string registryReference) =>
        Runner<DockerImageTagSettings>(context).Run("tag", new(), [imageReference, registryReference]);

    public static IEnumerable<string> DockerCustomCommand(this ICakeContext context, string command) => context.DockerCustomCommand(new(), command);

    /// <summary>Any other command with its options, such as <c>version --format "{{.Server.Version}}"</c>.</summary>
    /// <returns>The lines of standard output.</returns>
    public static IEnumerable<string> DockerCustomCommand(this ICakeContext context, DockerCustomCommandSettings settings, string command)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        var parts = command.Split(' ', 2);
        return Runner<DockerCustomCommandSettings>(context).RunWithResult(parts[0], settings, lines => lines.ToArray(), [.. parts.Skip(1)]);
    }

    private static string[] Arguments(string image, string command, string[] args)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        return string.IsNullOrEmpty(command) ? [image] : [image, command, .. args];
    }

    private static GenericDockerRunner<TSettings> Runner<TSettings>(ICakeContext context)
        where TSettings : AutoToolSettings, new()
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context.FileSystem, context.Environment, context.ProcessRunner, context.Tools);
    }
}
