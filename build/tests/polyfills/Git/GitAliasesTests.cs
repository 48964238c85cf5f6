using Cake.Core;
using Cake.Git;
using LibGit2Sharp;

namespace SyscallBench.Polyfills.Tests.Git;

public sealed class GitAliasesTests : IDisposable
{
    private readonly RemoteFixture _fixture = new();

    private ICakeContext Context => _fixture.Files.Context;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Should_Clone_Without_Files_When_Told_Not_To_Check_Out()
    {
        Context.GitClone(_fixture.Remote, _fixture.Clone, new GitCloneSettings { Checkout = false });

        Assert.True(Context.GitIsValidRepository(_fixture.Clone));
        Assert.False(File.Exists(Path.Combine(_fixture.Clone, "text")));
    }

    [Fact]
    public void Should_Refuse_To_Clone_Over_A_Folder()
    {
        Directory.CreateDirectory(_fixture.Clone);

        Assert.Throws<IOException>(() => Context.GitClone(_fixture.Remote, _fixture.Clone, new GitCloneSettings()));
    }

    [Fact]
    public void Should_Refuse_To_Clone_Where_There_Is_No_Parent() =>
        Assert.Throws<DirectoryNotFoundException>(() => Context.GitClone(_fixture.Remote, _fixture.Files.Path("no/clone"), new GitCloneSettings()));

    [Fact]
    public void Should_Throw_When_Remote_Is_Missing() =>
        Assert.ThrowsAny<LibGit2SharpException>(() => Context.GitClone(_fixture.Files.Path("nothing"), _fixture.Clone, new GitCloneSettings()));

    [Fact]
    public void Should_Check_Out_A_Commit_Over_Changes()
    {
        Context.GitClone(_fixture.Remote, _fixture.Clone, new GitCloneSettings());
        File.WriteAllText(Path.Combine(_fixture.Clone, "text"), "mine");

        Context.GitCheckout(_fixture.Clone, _fixture.First);

        Assert.Equal(_fixture.First, Assert.Single(Context.GitLog(_fixture.Clone, 2)).Sha);
        Assert.Equal("first", _fixture.Text);
    }

    [Fact]
    public void Should_Throw_When_Commit_Is_Unknown()
    {
        Context.GitClone(_fixture.Remote, _fixture.Clone, new GitCloneSettings());

        Assert.ThrowsAny<LibGit2SharpException>(() => Context.GitCheckout(_fixture.Clone, new string('1', 40)));
    }

    [Fact]
    public void Should_See_Changes()
    {
        Context.GitClone(_fixture.Remote, _fixture.Clone, new GitCloneSettings());
        Assert.Equal([_fixture.Second, _fixture.First], Context.GitLog(_fixture.Clone, 9).Select(commit => commit.Sha));
        Assert.False(Context.GitHasUncommitedChanges(_fixture.Clone));
        File.WriteAllText(Path.Combine(_fixture.Clone, "text"), "mine");
        Assert.True(Context.GitHasUncommitedChanges(_fixture.Clone));
    }

    [Fact]
    public void Should_Tell_A_Repository_From_A_Folder()
    {
        Directory.CreateDirectory(_fixture.Clone);

        Assert.False(Context.GitIsValidRepository(_fixture.Clone));
    }
}
