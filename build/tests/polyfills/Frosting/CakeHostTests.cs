using Cake.Frosting;

namespace SyscallBench.Polyfills.Tests.Frosting;

/// <summary>What the tasks rely on, whichever of the two is below them.</summary>
public sealed class CakeHostTests
{
    private readonly HostFixture _fixture = new();

    [Theory]
    [InlineData("First", "first")]
    [InlineData("Second", "first second")]
    [InlineData("Third", "first second third")]
    [InlineData("Everything", "first second third")]
    [InlineData("everything", "first second third")]
    public void Should_Run_What_A_Target_Needs_Once_And_First(string target, string ran)
    {
        var status = _fixture.Run("--target", target);

        Assert.Equal(0, status);
        Assert.Equal(ran, _fixture.Ran);
    }

    [Fact]
    public void Should_Run_Target_Alone_When_Exclusive()
    {
        var status = _fixture.Run("--target=Third", "--exclusive");

        Assert.Equal(0, status);
        Assert.Equal("third", _fixture.Ran);
    }

    [Fact]
    public void Should_Run_Nothing_And_Print_Order_When_Dry_Run()
    {
        var status = _fixture.Run("--target=Everything", "--dryrun");

        Assert.Equal(0, status);
        Assert.Empty(_fixture.Ran);
        Assert.Matches("(?s)1. First.*2. Second.*3. Third", _fixture.Console.Output);
    }

    [Fact]
    public void Should_Print_Tree_And_Run_Nothing_When_Asked_For_Tree()
    {
        var status = _fixture.Run("--tree");

        Assert.Equal(0, status);
        Assert.Empty(_fixture.Ran);
        Assert.Contains("└─Third", _fixture.Console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Fail_When_Target_Is_Unknown()
    {
        var status = _fixture.Run("--target=Nowhere");

        Assert.NotEqual(0, status);
        Assert.Contains("'Nowhere' was not found", _fixture.Console.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Not_Find_Task_When_Its_Class_Is_Internal()
    {
        var status = _fixture.Run("--target=Internal");

        Assert.NotEqual(0, status);
        Assert.Empty(_fixture.Ran);
    }

    [Fact]
    public void Should_Fail_And_Stop_When_Task_Throws()
    {
        var status = _fixture.Run("--target=AfterFailing");

        Assert.NotEqual(0, status);
        Assert.Equal("first", _fixture.Ran);
        Assert.Contains("broken", _fixture.Console.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Succeed_When_Only_A_Need_Is_Skipped()
    {
        var status = _fixture.Run("--target=AfterSkipped");

        Assert.Equal(0, status);
        Assert.Equal("after", _fixture.Ran);
    }

    [Fact]
    public void Should_Fail_When_The_Target_Itself_Is_Skipped()
    {
        var status = _fixture.Run("--target=Skipped");

        Assert.NotEqual(0, status);
        Assert.Empty(_fixture.Ran);
    }

    [Fact]
    public void Should_Wrap_Tasks_In_Lifetimes()
    {
        _fixture.Host.UseLifetime<JournalLifetime>().UseTaskLifetime<JournalTaskLifetime>();

        _fixture.Run("--target=Second");

        Assert.Equal("setup(Second) <First first First> <Second second Second> teardown(fine)", _fixture.Ran);
    }

    [Fact]
    public void Should_Tear_Down_With_The_Failure_When_Task_Throws()
    {
        _fixture.Host.UseLifetime<JournalLifetime>().UseTaskLifetime<JournalTaskLifetime>();

        var status = _fixture.Run("--target=Failing", "--exclusive");

        Assert.NotEqual(0, status);
        Assert.Equal("setup(Failing) <Failing Failing> teardown(broken)", _fixture.Ran);
    }

    [Fact]
    public void Should_Work_In_The_Directory_It_Was_Given()
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(AppContext.BaseDirectory));
        _fixture.Host.UseWorkingDirectory(folder);

        _fixture.Run("--target=Place");

        Assert.Equal(folder, _fixture.Ran);
    }
}
