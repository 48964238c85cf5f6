using SyscallBench.Model;
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
        var options = _fixture.Options("floor") with { Runs = 2, Iterations = 1_000_000_000 };

        var session = _fixture.RunAsync(options, cancellation: cancellation.Token);
        Assert.True(await Eventually.HoldsAsync(() => _fixture.Guests().Count > 0));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session);
        Assert.Empty(_fixture.Guests());
        Assert.Empty(Directory.EnumerateFiles(_fixture.Workspace.RawEvaluation, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Should_Leave_No_Process_And_Say_So_When_The_Deadline_Passes()
    {
        guests.Require();
        var options = _fixture.Options("floor") with { Runs = 2, Iterations = 1_000_000_000, Deadline = TimeSpan.FromSeconds(1.5) };

        var run = await _fixture.RunAsync(options);

        Assert.Empty(_fixture.Guests());
        Assert.StartsWith("boot 0 failed: qemu-system-x86_64 was ended after its deadline, ", run.Platforms[0].Reason);
        Assert.Single(_fixture.Progress.Finished);
    }

    [Fact]
    public async Task Should_Keep_The_Older_Boot_When_Its_Replacement_Fails()
    {
        guests.Require();
        await _fixture.RunAsync(_fixture.Options("floor") with { Runs = 1 });
        var before = _fixture.Log("floor", 0);

        var run = await _fixture.RunAsync(
            _fixture.Options("floor") with { Runs = 1, Iterations = 1_000_000_000, Deadline = TimeSpan.FromSeconds(1) });

        Assert.True(run.Platforms[0].Failed);
        Assert.Empty(run.Platforms[0].Boots);
        Assert.Equal(before, _fixture.Log("floor", 0));
    }

    /// <summary>What KVM does on a machine that has it, but for KVM: pinned through QMP, 25 boots, interleaved, cycles that mean nothing.</summary>
    [Fact]
    public async Task Should_Make_25_Pinned_Boots_In_Turn_When_Run_As_Under_Kvm()
    {
        guests.Require();
        var options = _fixture.Options("floor,floor-ring0") with { Accelerator = Accelerator.TcgNoIcount, Rounds = 2, Iterations = 1000 };

        var run = await _fixture.RunAsync(options);

        Assert.Equal("tcg-noicount", run.Accelerator);
        Assert.Equal(Unit.Meaningless, run.Unit);
        Assert.All(run.Platforms, platform => Assert.Equal(Enumerable.Range(0, 25), platform.Boots));
        var order = _fixture.Progress.Finished.Select(record => record.Platform).ToList();
        Assert.All(order.Chunk(2), block => Assert.Equal(2, block.Distinct().Count()));
        Assert.All(_fixture.Progress.Finished, record => Assert.StartsWith(run.Pinning, record.Pinning));
    }
}
