using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tests.Hosting;

/// <summary>Two runs in one checkout.</summary>
public sealed class CheckoutLockTests
{
    [Fact]
    public async Task Should_Wait_For_Its_Holder_When_A_Run_Finds_The_Checkout_Locked()
    {
        using var session = new SessionFixture();
        Task<int> second;
        using (await CheckoutLock.TakeAsync(Workspace.Above(AppContext.BaseDirectory), "Run", TimeSpan.FromMinutes(1), cancellation: TestContext.Current.CancellationToken))
        {
            second = Task.Run(() => session.Run("Fine"));
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

            Assert.False(second.IsCompleted);
            Assert.Contains($"process {Environment.ProcessId}", session.Console.Output, StringComparison.Ordinal);
        }

        Assert.Equal(0, await second);
    }
}
