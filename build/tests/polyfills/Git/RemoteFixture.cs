using LibGit2Sharp;

namespace SyscallBench.Polyfills.Tests.Git;

/// <summary>A small repository to clone from, with two commits.</summary>
internal sealed class RemoteFixture : IDisposable
{
    public RemoteFixture()
    {
        Files = new ContextFixture();
        Repository.Init(Remote);
        First = Commit("first");
        Second = Commit("second");
    }

    public ContextFixture Files { get; }

    public string Remote => Files.Path("remote");

    public string Clone => Files.Path("clone");

    public string First { get; }

    public string Second { get; }

    /// <summary>Commits a file <c>text</c> with that text.</summary>
    public string Commit(string text)
    {
        using var repository = new Repository(Remote);
        File.WriteAllText(Path.Combine(Remote, "text"), text);
        Commands.Stage(repository, "text");
        var author = new Signature("A. Tester", "tester@example.org", DateTimeOffset.UnixEpoch);
        return repository.Commit(text, author, author).Sha;
    }

    public string Text => File.ReadAllText(Path.Combine(Clone, "text"));

    public void Dispose() => Files.Dispose();
}
