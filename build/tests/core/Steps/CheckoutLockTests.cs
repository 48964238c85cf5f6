using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using SyscallBench.Steps;

namespace SyscallBench.Tests.Steps;

public sealed class CheckoutLockTests : IDisposable
{
    private readonly TemporaryWorkspace _folder = new();

    private string Holder => Path.Combine(_folder.Workspace.Artifacts, "lock.json");

    [Fact]
    public async Task Should_name_the_holder_to_a_second_one()
    {
        using var first = await TakeAsync("Clean");

        var refused = await Assert.ThrowsAsync<UserError>(() => TakeAsync("Run"));

        Assert.Contains("Clean", refused.Message);
        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task Should_be_free_again_after_its_holder_is_done()
    {
        (await TakeAsync("Run")).Dispose();

        Assert.False(File.Exists(Holder));
        using var second = await TakeAsync("Process");
        Assert.Contains("Process", await File.ReadAllTextAsync(Holder, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Should_wait_for_a_holder_that_ends_in_time()
    {
        var first = await TakeAsync("Run");
        var said = new List<string>();

        var second = CheckoutLock.TakeAsync(_folder.Workspace, "Process", TimeSpan.FromMinutes(1), said.Add, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        first.Dispose();

        using var taken = await second;
        Assert.Contains("Run", Assert.Single(said));
    }

    [Fact]
    public async Task Should_end_the_waiting_when_cancelled()
    {
        using var first = await TakeAsync("Run");
        using var source = new CancellationTokenSource();

        var second = CheckoutLock.TakeAsync(_folder.Workspace, "Process", TimeSpan.FromMinutes(1), null, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task Should_take_over_what_a_killed_process_left()
    {
        await LeaveAsync(holder => holder["pid"] = Dead());

        using var taken = await TakeAsync("Run");
    }

    [Fact]
    public async Task Should_take_over_when_the_process_id_is_another_programs_now()
    {
        await LeaveAsync(holder => holder["started"] = 1);

        using var taken = await TakeAsync("Run");
    }

    [Fact]
    public async Task Should_take_over_what_is_from_before_a_reboot()
    {
        await LeaveAsync(holder => holder["boot"] = "another");

        using var taken = await TakeAsync("Run");
    }

    [Fact]
    public async Task Should_take_over_when_nobody_can_read_who_the_holder_was()
    {
        await LeaveAsync(_ => { });
        await File.WriteAllTextAsync(Holder, """{"What":null,""", TestContext.Current.CancellationToken);

        using var taken = await TakeAsync("Run");
    }

    [Fact]
    public async Task Should_leave_another_machines_holder_alone()
    {
        await LeaveAsync(holder => (holder["host"], holder["pid"]) = ("elsewhere", Dead()));

        var refused = await Assert.ThrowsAsync<UserError>(() => TakeAsync("Run"));

        Assert.Contains("elsewhere", refused.Message);
        Assert.Contains(Holder, refused.Message);
    }

    // Where the file system has no locks, the holder file alone guards.
    [Fact]
    public async Task Should_leave_a_living_holder_alone_without_the_kernels_lock()
    {
        await LeaveAsync(_ => { });

        await Assert.ThrowsAsync<UserError>(() => TakeAsync("Run"));
    }

    [Fact]
    public async Task Should_hold_nothing_where_nothing_can_be_written()
    {
        var readOnly = new Workspace("/sys/kernel");

        using var taken = await CheckoutLock.TakeAsync(readOnly, "Run", cancellation: TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CheckoutLock> TakeAsync(string what) =>
        CheckoutLock.TakeAsync(_folder.Workspace, what, cancellation: TestContext.Current.CancellationToken);

    private async Task LeaveAsync(Action<JsonNode> change)
    {
        JsonNode holder;
        using (await TakeAsync("Run"))
            holder = JsonNode.Parse(await File.ReadAllTextAsync(Holder, TestContext.Current.CancellationToken))!;
        change(holder);
        await File.WriteAllTextAsync(Holder, JsonSerializer.Serialize(holder), TestContext.Current.CancellationToken);
    }

    private static int Dead()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }
}
