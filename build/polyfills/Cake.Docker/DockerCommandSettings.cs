namespace Cake.Docker;

/// <summary>Options of <c>docker rm</c>.</summary>
public sealed class DockerContainerRmSettings : AutoToolSettings
{
    public bool? Force { get; set; }

    public bool? Link { get; set; }

    public bool? Volumes { get; set; }
}

/// <summary>For a command that has no alias of its own; its options are part of the command.</summary>
public sealed class DockerCustomCommandSettings : AutoToolSettings;

/// <summary>Options of <c>docker tag</c>: none.</summary>
public sealed class DockerImageTagSettings : AutoToolSettings;
