namespace SyscallBench.Builds;

/// <summary>Turns what an engine's client prints into what is wrong and how to mend it.</summary>
public static class EngineRemedy
{
    /// <param name="engine"><c>docker</c> or <c>podman</c>.</param>
    /// <param name="lines">What the client printed, or why it could not be started.</param>
    public static string For(string engine, IReadOnlyCollection<string> lines)
    {
        var text = string.Join('\n', lines);
        if (text.Contains("no such program", StringComparison.Ordinal) || text.Contains("locate executable", StringComparison.Ordinal))
            return $"{engine} is not installed; run: sudo apt-get install -y {(engine is "docker" ? "docker.io" : engine)}";
        if (text.Contains("permission denied", StringComparison.OrdinalIgnoreCase))
            return $"{engine} may not be used by you; run: sudo usermod -aG {engine} \"$USER\", and log in again";
        return engine is "docker"
            ? "docker's daemon does not answer; run: sudo systemctl start docker (or, without a service manager: sudo dockerd &)"
            : $"{engine} does not answer: {Cause(lines)}; try: {engine} info";
    }

    /// <summary>The line that says why.</summary>
    public static string Cause(IReadOnlyCollection<string> lines)
        => (lines.LastOrDefault(line => line.Contains("rror", StringComparison.Ordinal) || line.StartsWith("E:", StringComparison.Ordinal))
            ?? lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "it said nothing").Trim();
}
