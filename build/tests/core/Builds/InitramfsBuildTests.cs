using SyscallBench.Builds;
using SyscallBench.Steps;

namespace SyscallBench.Tests.Builds;

public sealed class InitramfsBuildTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Make_The_Same_Bytes_Every_Time()
    {
        _files.Write("artifacts/images/syscallbench", "ELF");
        using var other = new TemporaryWorkspace();
        other.Write("artifacts/images/syscallbench", "ELF");

        var here = await BuildAsync(_files);
        var there = await BuildAsync(other);

        Assert.Equal(here.Outputs.Values, there.Outputs.Values);
    }

    [Fact]
    public async Task Should_Build_Again_Only_When_The_Benchmark_Changed()
    {
        _files.Write("artifacts/images/syscallbench", "ELF");
        await BuildAsync(_files);
        var again = await BuildAsync(_files);
        _files.Write("artifacts/images/syscallbench", "FLE");
        var changed = await BuildAsync(_files);

        Assert.True(again.UpToDate);
        Assert.Equal("benchmark changed", changed.Reason);
    }

    [Fact]
    public async Task Should_Name_The_Target_To_Run_When_There_Is_No_Benchmark()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => BuildAsync(_files));

        Assert.Contains("--target=BuildBenchmark", error.Message, StringComparison.Ordinal);
    }

    private static Task<StepResult> BuildAsync(TemporaryWorkspace files) => new InitramfsBuild(files.Workspace).RunAsync(TestContext.Current.CancellationToken);
}
