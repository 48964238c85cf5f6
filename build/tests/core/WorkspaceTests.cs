namespace SyscallBench.Tests;

public sealed class WorkspaceTests
{
    [Fact]
    public void Should_Find_The_Repository_Above_The_Program() =>
        Assert.True(File.Exists(Path.Combine(Workspace.Above(AppContext.BaseDirectory).BenchmarkSources, "loops.S")));

    [Fact]
    public void Should_Say_So_When_There_Is_No_Repository() =>
        Assert.StartsWith("no build.sh in or above /nonexistent", Assert.Throws<UserError>(() => Workspace.Above("/nonexistent")).Message, StringComparison.Ordinal);
}
