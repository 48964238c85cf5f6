namespace SyscallBench.Build.Tests.Options;

public sealed class TaskCatalogueTests
{
    [Fact]
    public void Should_Begin_With_What_All_Runs() =>
        Assert.Equal(["BuildKernel", "Run", "All", "Clean", "CloneDeps", "Default"], ParserFixture.Tasks.InOrder.Select(task => task.Name));

    [Fact]
    public void Should_Put_Needs_Before_Targets() => Assert.Equal(["BuildKernel", "Run"], ParserFixture.Tasks.With(["Run"]).Select(task => task.Name));
}
