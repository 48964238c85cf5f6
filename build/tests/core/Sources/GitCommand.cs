using System.Diagnostics;
using SyscallBench.Sources;

namespace SyscallBench.Tests.Sources;

/// <summary>Git as core wants it, by the command line; the program itself uses a library.</summary>
public sealed class GitCommand : IGitClient
{
    public void Clone(string address, string folder) => Run("clone", "--quiet", address, folder);

    public void Checkout(string folder, string commit) => Run("-C", folder, "checkout", "--quiet", "--force", commit);

    public string? HeadCommit(string folder) => Directory.Exists(Path.Combine(folder, ".git")) ? Run("-C", folder, "rev-parse", "HEAD").Trim() : null;

    public bool HasLocalChanges(string folder) => Run("-C", folder, "status", "--porcelain", "--untracked-files=no").Length > 0;

    public GitRoute Route(string address) => RouteOf(address);

    /// <summary>What Git's configuration is taken to say.</summary>
    public Func<string, GitRoute> RouteOf { get; init; } = address => new GitRoute(address, Proxy: null);

    /// <summary>Makes a bare repository with one commit that has the given files, and says which commit.</summary>
    public string CreateBare(string repository, IReadOnlyDictionary<string, string> files)
    {
        var work = repository + ".work";
        Run("init", "--quiet", work);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(work, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Run("-C", work, "add", ".");
        Run("-C", work, "-c", "user.name=test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "First");
        Run("clone", "--quiet", "--bare", work, repository);
        return Run("-C", work, "rev-parse", "HEAD").Trim();
    }

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new UserError(error.Result.Split('\n')[0]);
    }
}
