using SyscallBench.Model;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>Packages as files, from the mirror that the machine itself uses. Nothing is installed, and no root is needed.</summary>
/// <param name="workspace">Where downloads go.</param>
/// <param name="processes">Runs apt-get.</param>
public sealed class AptPackages(Workspace workspace, IProcessRunner processes)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(20);

    /// <summary>Absolute path of a package that is there already, the last by name; null where there is none.</summary>
    /// <param name="name">The package's name.</param>
    /// <param name="version">Null for any.</param>
    public string? Find(string name, string? version = null) => Directory.Exists(workspace.Downloads)
        ? Directory.EnumerateFiles(workspace.Downloads, $"{name}_*.deb")
            .Where(path => version is null || VersionOf(path) == version)
            .Order(StringComparer.Ordinal)
            .LastOrDefault()
        : null;

    /// <param name="name">The package's name.</param>
    /// <param name="version">Null for the one that apt would install.</param>
    /// <param name="remedy">What to do when it cannot be had.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <returns>Absolute path of the .deb.</returns>
    /// <exception cref="UnreachableError">apt-get cannot get it.</exception>
    public async Task<string> DownloadAsync(string name, string? version, string remedy, CancellationToken cancellation)
    {
        // apt writes under its final name from the start: the rename tells whole files from parts.
        var part = Path.Combine(workspace.Downloads, name + ".part");
        try
        {
            Directory.CreateDirectory(part);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, part);
        }

        var lines = new List<string>();
        var what = version is null ? name : $"{name}={version}";
        var download = new ProcessRequest("apt-get", "download", "--quiet=2", what) { WorkingDirectory = part, Deadline = _patience, OnLine = lines.Add };
        if (!(await processes.RunAsync(download, cancellation)).InTime().Succeeded)
        {
            var why = lines.LastOrDefault(line => line.StartsWith("E:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "apt-get said nothing";
            throw new UnreachableError($"cannot download {what}: {why}; {remedy}");
        }

        var made = Directory.EnumerateFiles(part, "*.deb").Single();
        var package = Path.Combine(workspace.Downloads, Path.GetFileName(made));
        File.Move(made, package, overwrite: true);
        Directory.Delete(part, recursive: true);
        return package;
    }

    /// <summary>Version of a downloaded package by its name, <c>name_version_architecture.deb</c>, in which a colon is written %3a.</summary>
    public static string VersionOf(string package) => Path.GetFileName(package).Split('_') is [_, var version, ..] ? Uri.UnescapeDataString(version) : "";
}
