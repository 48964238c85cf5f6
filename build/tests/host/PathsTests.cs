namespace SyscallBench.Build.Tests;

public sealed class PathsTests
{
    [Fact]
    public void Should_Find_The_Repository_Above_The_Program() =>
        Assert.True(File.Exists(Path.Combine(Paths.Above(AppContext.BaseDirectory).BenchSource, "PROTOCOL.md")));

    [Fact]
    public void Should_Say_So_When_There_Is_No_Repository() =>
        Assert.StartsWith("no build.sh in or above /nonexistent", Assert.Throws<UserError>(() => Paths.Above("/nonexistent")).Message, StringComparison.Ordinal);
}
