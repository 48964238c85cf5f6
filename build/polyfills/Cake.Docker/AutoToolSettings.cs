using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Settings whose properties become options by their names: <c>NoCache</c> is <c>--no-cache</c>.</summary>
public abstract class AutoToolSettings : ToolSettings;
