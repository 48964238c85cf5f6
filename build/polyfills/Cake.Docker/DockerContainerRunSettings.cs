namespace Cake.Docker;

/// <summary>Options of <c>docker run</c>.</summary>
public sealed class DockerContainerRunSettings : AutoToolSettings
{
    public string? Entrypoint { get; set; }

    /// <summary><c>NAME=value</c>.</summary>
    public string[]? Env { get; set; }

    /// <summary>Run an init that forwards signals and reaps children.</summary>
    public bool? Init { get; set; }

    public string[]? Label { get; set; }

    public string? Memory { get; set; }

    public string? Name { get; set; }

    public string? Network { get; set; }

    public bool? Privileged { get; set; }

    public bool? ReadOnly { get; set; }

    public bool? Rm { get; set; }

    public string[]? Tmpfs { get; set; }

    /// <summary><c>uid:gid</c>.</summary>
    public string? User { get; set; }

    /// <summary><c>host:container[:ro]</c>.</summary>
    public string[]? Volume { get; set; }

    public string? Workdir { get; set; }
}
