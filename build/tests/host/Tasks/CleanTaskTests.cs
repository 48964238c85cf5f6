namespace SyscallBench.Build.Tests.Tasks;

public sealed class CleanTaskTests : IDisposable
{
    private readonly ProgramFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Remove_What_Was_Measured_And_Keep_What_Belongs_To_The_Checkout()
    {
        Directory.CreateDirectory(_fixture.Path("eval", "raw"));
        File.WriteAllText(_fixture.Path("eval", "raw", "run.json"), "{}");
        File.WriteAllText(_fixture.Path("eval", "README.md"), "what will be here");

        var ended = await _fixture.Run("--target=Clean");

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal([_fixture.Path("eval", "README.md")], Directory.GetFileSystemEntries(_fixture.Path("eval")));
    }
}
