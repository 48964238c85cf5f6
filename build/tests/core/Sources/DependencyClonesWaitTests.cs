using SyscallBench.Sources;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Sources;

public sealed class DependencyClonesWaitTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TaskCompletionSource _filling = new();
    private readonly List<long> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_Tell_What_Is_There_While_It_Grows()
    {
        // The folder does not exist at first; each look makes it a little larger, and the last but one makes it smaller.
        Action[] steps = [() => Write("pack/tmp", 10), () => Write("pack/tmp", 1000), () => Write("tmp2", 1), () => File.Delete(Inside("tmp2")), _filling.SetResult];
        await WaitAsync(bytes =>
        {
            _told.Add(bytes);
            if (_told.Count <= steps.Length)
                steps[_told.Count - 1]();
        });

        Assert.Equal([0, 10, 1000, 1001, 1001, 1001], _told);
    }

    [Fact]
    public async Task Should_Fail_As_What_Fills_It_Does()
    {
        _filling.SetException(new UserError("No space left on device"));

        await Assert.ThrowsAsync<UserError>(() => WaitAsync(_told.Add));
    }

    [Fact]
    public async Task Should_Give_Up_When_It_Takes_Too_Long() =>
        await Assert.ThrowsAsync<TimeoutException>(() => WaitAsync(_told.Add, deadlineMilliseconds: 5));

    [Fact]
    public async Task Should_Stop_Waiting_When_Interrupted()
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WaitAsync(_ => interruption.Cancel(), cancellation: interruption.Token));
    }

    private Task WaitAsync(Action<long> onBytes, int deadlineMilliseconds = 60_000, CancellationToken? cancellation = null) =>
        DependencyClones.WaitAsync(
            _filling.Task, Inside(""), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(deadlineMilliseconds), onBytes, cancellation ?? TestContext.Current.CancellationToken);

    private string Inside(string file) => _folder.Path("objects", file);

    private void Write(string file, int bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Inside(file))!);
        File.WriteAllBytes(Inside(file), new byte[bytes]);
    }
}
