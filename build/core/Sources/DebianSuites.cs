using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>
/// Every Debian release that the machine's own mirror has. apt gets a configuration and lists of its own below <c>artifacts/</c>, made from what the machine says;
/// the machine's are only read.
/// </summary>
/// <param name="workspace">Where the lists go: about 140 MB, for a day.</param>
public sealed class DebianSuites(Workspace workspace, IProcessRunner processes)
{
    private const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private static readonly TimeSpan _fresh = TimeSpan.FromDays(1);

    // By the label of the archive that has them. A release's updates hold no kernel that its security or its next point release does not.
    private static readonly Dictionary<string, string[]> _suites = new(StringComparer.Ordinal)
    {
        ["Debian"] = ["bullseye", "bookworm", "bookworm-backports", "trixie", "trixie-backports", "forky", "sid"],
        ["Debian-Security"] = ["bullseye-security", "bookworm-security", "trixie-security"],
    };

    private string Folder => Path.Combine(workspace.Artifacts, "apt");

    /// <summary>A call of apt's under a configuration; null for the machine's own.</summary>
    public static ProcessRequest Apt(string? configuration, string program, params IReadOnlyList<string> arguments) =>
        new(program, arguments)
        {
            Environment = configuration is null ? new Dictionary<string, string?>() : new() { ["APT_CONFIG"] = configuration },
            Deadline = TimeSpan.FromMinutes(20),
        };

    /// <summary>Downloads the lists of all suites, unless they are of today.</summary>
    /// <returns>Path of apt's configuration.</returns>
    /// <exception cref="UserError">This is no Debian, or its lists were never downloaded.</exception>
    /// <exception cref="UnreachableError">No list can be downloaded.</exception>
    public async Task<string> ConfigureAsync(Action<string>? say, CancellationToken cancellation)
    {
        var (configuration, sources, done) = (Path.Combine(Folder, "apt.conf"), Path.Combine(Folder, "sources.list"), Path.Combine(Folder, "updated"));
        var lists = Path.Combine(Folder, "lists");
        var wanted = await SourcesAsync(cancellation);
        if (File.Exists(done) && File.ReadAllText(done) == wanted && DateTime.UtcNow - File.GetLastWriteTimeUtc(done) < _fresh)
            return configuration;

        say?.Invoke("downloading the package lists of every Debian release from this machine's mirror, 75 MB");
        Directory.CreateDirectory(Path.Combine(lists, "partial"));
        Directory.CreateDirectory(Path.Combine(Folder, "cache"));
        AtomicFile.Write(sources, wanted);
        AtomicFile.Write(configuration, $"""
            {string.Join('\n', await AcquireAsync(cancellation))}
            Acquire::Languages "none";
            Dir::Etc::main "/dev/null";
            Dir::Etc::parts "/dev/null";
            Dir::Etc::sourcelist "{sources}";
            Dir::Etc::sourceparts "/dev/null";
            Dir::State::lists "{lists}";
            Dir::Cache "{Path.Combine(Folder, "cache")}";

            """);
        var update = (await processes.RunAsync(Apt(configuration, "apt-get", "update", "--quiet=2"), cancellation)).InTime();
        // A suite that the mirror has given up fails the whole, and the others are there all the same.
        if (!update.Succeeded && !Directory.EnumerateFiles(lists, "*_Packages*").Any())
            throw new UnreachableError($"cannot download the lists of Debian's releases: {update.Cause}");
        AtomicFile.Write(done, wanted);
        return configuration;
    }

    // Proxies, certificates and limits of the machine are its own way to the mirror; hooks and index targets of other programs are none of ours.
    private async Task<IEnumerable<string>> AcquireAsync(CancellationToken cancellation) =>
        (await LinesAsync(Apt(configuration: null, "apt-config", "dump"), cancellation))
            .Where(line => line.StartsWith("Acquire::", StringComparison.Ordinal) && !line.StartsWith("Acquire::IndexTargets", StringComparison.Ordinal) && !line.StartsWith("Acquire::Languages", StringComparison.Ordinal));

    /// <summary>The addresses that the machine's own apt takes Debian from, by label: <c>Debian</c>, <c>Debian-Security</c>.</summary>
    public async Task<IReadOnlyDictionary<string, string>> MirrorsAsync(CancellationToken cancellation)
    {
        // Apt's own words, whichever of its formats the sources are written in.
        string[] question = ["indextargets", "--format", "$(LABEL) $(REPO_URI)", "Identifier: Packages", "Component: main"];
        return (await LinesAsync(Apt(configuration: null, "apt-get", question), cancellation)).Select(target => target.Split(' '))
            .Where(words => words is [var label, _] && _suites.ContainsKey(label))
            .DistinctBy(words => words[0])
            .ToDictionary(words => words[0], words => words[1]);
    }

    private async Task<string> SourcesAsync(CancellationToken cancellation)
    {
        var key = File.Exists(Keyring) ? $"[signed-by={Keyring}] " : "";
        var mirrors = await MirrorsAsync(cancellation);
        return mirrors.Count > 0
            ? string.Concat(mirrors.SelectMany(mirror => _suites[mirror.Key].Select(suite => $"deb {key}{mirror.Value} {suite} main\n")))
            : throw new UserError("apt knows no Debian mirror: this is no Debian, or apt-get update was never run");
    }

    /// <summary>Every line that a program prints, whatever becomes of it.</summary>
    internal async Task<IReadOnlyList<string>> LinesAsync(ProcessRequest request, CancellationToken cancellation)
    {
        var lines = new List<string>();
        await processes.RunAsync(request with { Deadline = TimeSpan.FromMinutes(5), OnLine = lines.Add }, cancellation);
        return lines;
    }
}
