using SyscallBench.Machine;
using SyscallBench.Processes;

namespace SyscallBench.Tests.Machine;

public sealed class ThreadCounterTests
{
    /// <summary>A thread's own clock runs a nanosecond in a nanosecond: every machine has it, so that the reading is tested where no core cycles can be counted.</summary>
    [Fact]
    public async Task Should_Count_A_Nanosecond_In_Each_When_The_Program_Has_Ended()
    {
        using var processes = new ProcessRunner();
        var child = await processes.StartAsync(new ProcessRequest("sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done"), TestContext.Current.CancellationToken);
        using var counter = ThreadCounter.Open(child.Pid, ThreadEvent.TaskClock);
        Assert.SkipWhen(counter is null, "the kernel lets this user count nothing");

        await child.Completion;

        Assert.InRange(counter!.PerMillisecond() ?? 0, 990_000, 1_010_000);
    }

    [Fact]
    public void Should_Have_No_Counter_When_There_Is_No_Such_Thread() => Assert.Null(ThreadCounter.Open(int.MaxValue, ThreadEvent.TaskClock));
}
