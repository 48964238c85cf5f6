using SyscallBench.Boots;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

/// <summary>Boots that do not come to their end.</summary>
public sealed class InterruptedBootTests(GuestImages guests) : IDisposable
{
    private readonly SessionFixture _fixture = new(guests.Images);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Leave_No_Process_And_No_Boot_When_Cancelled()
    {
        guests.Require();
        using var cancellation = new CancellationTokenSource();
        var options = _fixture.Options("floor") with { Runs = 3, Iterations = 1_000_000_000, Jobs = 2 };

        var session = _fixture.RunAsync(options, cancellation: cancellation.Token);
        Assert.True(await Eventually.HoldsAsync(() => _fixture.Guests().Count == 2));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session);
        Assert.Empty(_fixture.Guests());
        Assert.Equal([RunRecord.FileName], Directory.EnumerateFiles(_fixture.Workspace.RawEvaluation, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Should_Leave_No_Process_And_Say_So_When_The_Deadline_Passes()
    {
        guests.Require();
        var options = _fixture.Options("floor") with { Runs = 2, Iterations = 1_000_000_000, Deadline = TimeSpan.FromSeconds(1.5) };

        var run = await _fixture.RunAsync(options);

        Assert.Empty(_fixture.Guests());
        Assert.True(run.Platforms[0].Failed);
        Assert.Equal(4, _fixture.Progress.Finished.Count);
    }

    [Fact]
    public async Task Should_Keep_The_Older_Boot_When_Its_Replacement_Fails()
    {
        guests.Require();
        await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 1 });
        var log = _fixture.LogPath("floor", 0);
        var before = File.ReadAllText(log);

        var run = await _fixture.RunAsync(
            _fixture.Options("floor") with { Runs = 1, Iterations = 1_000_000_000, Deadline = TimeSpan.FromSeconds(1) });

        Assert.True(run.Platforms[0].Failed);
        Assert.Empty(run.Platforms[0].Boots);
        Assert.Equal(before, File.ReadAllText(log));
    }
}
