using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Settings whose properties become options by their names: <c>NoCache</c> is <c>--no-cache</c>.</summary>
public abstract class AutoToolSettings : ToolSettings;

/// <summary>Options of <c>docker image build</c>.</summary>
public sealed class DockerImageBuildSettings : AutoToolSettings
{
    public string[]? BuildArg { get; set; }

    public string[]? Tag { get; set; }
}

/// <summary>For a command that has no alias of its own; its options are part of the command.</summary>
public sealed class DockerCustomCommandSettings : AutoToolSettings;
