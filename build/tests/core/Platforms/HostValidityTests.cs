using SyscallBench.Consoles;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Platforms;

/// <summary>The benchmark as a process of this machine, while something really spoils its rounds.</summary>
public sealed class HostValidityTests(GuestImages guests) : IDisposable
{
    private static readonly BenchmarkArguments _oneSecond = new(Rounds: 200, Iterations: 20_000, Warmup: 1);

    private readonly TempFolder _folder = new();
    private readonly ProcessRunner _processes = new();
    private readonly List<Sample> _samples = [];

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_Mark_Rounds_When_Another_Program_Wants_The_Same_Cpu()
    {
        guests.Require();
        var cpu = CpuAffinity.Get()[^1];
        var rival = await _processes.StartAsync(
            new ProcessRequest("sh", ["-c", "while :; do :; done"]) { Deadline = TimeSpan.FromMinutes(1), Cpu = cpu },
            TestContext.Current.CancellationToken);

        var log = await ParseAsync(await StartAsync(cpu));
        rival.Kill();
        await rival.Completion;

        RequireSeen(log, Disturbance.ContextSwitch);
        Assert.Contains(_samples, sample => sample.ScallDisturbed.HasFlag(Disturbance.ContextSwitch));
        Assert.DoesNotContain(_samples, sample => sample.ScallDisturbed.HasFlag(Disturbance.Migration));
    }

    [Fact]
    public async Task Should_Mark_Rounds_When_It_Is_Sent_To_Another_Cpu()
    {
        guests.Require();
        var cpus = CpuAffinity.Get();
        Assert.SkipWhen(cpus.Count < 2, "there is one CPU only");

        var benchmark = await StartAsync(cpus[0]);
        for (var turn = 1; !benchmark.Completion.IsCompleted; turn++)
        {
            _ = CpuAffinity.TrySet(benchmark.Pid, [cpus[turn % 2]], out _);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        RequireSeen(await ParseAsync(benchmark), Disturbance.Migration);
        Assert.Contains(_samples, sample => sample.ScallDisturbed.HasFlag(Disturbance.Migration));
    }

    private static void RequireSeen(BootLog log, Disturbance kind)
        => Assert.SkipUnless(log.Seen.HasFlag(kind), $"this machine's kernel does not tell a program of its own {DisturbanceNames.Format(kind)}");

    private Task<ChildProcess> StartAsync(int cpu) => _processes.StartAsync(
        new ProcessRequest(guests.Images.Paths[Image.Benchmark], HostPlatform.Arguments(_oneSecond))
        {
            OutputFile = _folder.Path("console"),
            Deadline = TimeSpan.FromMinutes(1),
            Cpu = cpu,
        },
        TestContext.Current.CancellationToken);

    private async Task<BootLog> ParseAsync(ChildProcess benchmark)
    {
        await benchmark.Completion;
        var log = ConsoleReader.Read(_folder.Path("console"), "console", 0);
        _samples.AddRange(log.Samples);
        Assert.Null(log.Failure);
        return log;
    }
}
