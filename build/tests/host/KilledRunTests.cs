using System.Diagnostics;

namespace SyscallBench.Build.Tests;

/// <summary>
/// All is killed at random moments of its building, booting and evaluating, and then run to its end: the rows are those of a run that nobody disturbed. A few kills by default,
/// 50 with <c>SYSCALL_BENCH_SLOW</c>, where also Linux is booted if <c>SYSCALL_BENCH_KERNEL</c> names one.
/// </summary>
public sealed class KilledRunTests : IDisposable
{
    private const int Seed = 20211126;

    private static readonly bool _isLong = Environment.GetEnvironmentVariable("SYSCALL_BENCH_SLOW") is { Length: > 0 };
    private static readonly string? _kernel = _isLong ? Environment.GetEnvironmentVariable("SYSCALL_BENCH_KERNEL") : null;

    private readonly CheckoutFixture _checkout = new();
    private readonly Random _random = new(Seed);

    // The program alone, or with it whatever is of its group.
    private readonly (string Signal, bool Group)[] _ways = [("KILL", false), ("TERM", true), ("INT", false), ("KILL", true), ("TERM", false), ("INT", true)];

    private static string[] All =>
    [
        "--target=All", "--accel=tcg", "--setup=never", "--runs=2",
        _kernel is null ? "--platforms=floor,floor-ring0" : "--platforms=floor,floor-ring0,linux,linux-nomitig",
        .. _kernel is null ? (string[])[] : [$"--kernel={_kernel}"],
    ];

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Should_End_With_The_Rows_Of_An_Undisturbed_Run_When_Killed_At_Random_Moments()
    {
        CheckoutFixture.Require();
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, (await _checkout.Run(All)).ExitCode);
        var (whole, rows, files) = (watch.Elapsed, _checkout.Rows, _checkout.Files);
        Assert.Contains("\"measured\"", rows, StringComparison.Ordinal);

        for (int kills = 0, most = _isLong ? 50 : 4; kills < most;)
        {
            _checkout.Wipe();
            for (var inARow = _random.Next(1, 4); inARow > 0 && kills < most; inARow--, kills++)
                await KillAsync(_ways[kills % _ways.Length], whole * _random.NextDouble());

            var ended = await _checkout.Run(All);

            Assert.True(ended.ExitCode == 0, $"after kill {kills}: {ended.Errors}");
            Assert.Equal(rows, _checkout.Rows);
            Assert.Equal(files, _checkout.Files.Except(_checkout.Files.Where(IsEarlierRun)));
            Assert.Empty(_checkout.Temporary);
            Assert.Empty(Directory.EnumerateFileSystemEntries(_checkout.Path("artifacts", "tmp")));
        }
    }

    private async Task KillAsync((string Signal, bool Group) way, TimeSpan moment)
    {
        var process = _checkout.Start(All);
        var id = string.Create(CultureInfo.InvariantCulture, $"{(way.Group ? "-" : "")}{process.Id}");
        var ended = CheckoutFixture.End(process);
        if (await Task.WhenAny(ended, Task.Delay(moment, TestContext.Current.CancellationToken)) != ended)
        {
            // The shell's own kill: a bare machine has no program of that name.
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -{way.Signal} {id}"]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await ended;
        for (var tries = 0; _checkout.Processes().Count > 0; tries++)
        {
            Assert.True(tries < 200, $"after {way}: {string.Join(", ", _checkout.Processes().Select(folder => File.ReadAllText($"{folder}/cmdline").Replace('\0', ' ')))}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    // The record of a run that was cut off is kept beside the one that followed.
    private static bool IsEarlierRun(string file) => file.StartsWith("eval/raw/runs/", StringComparison.Ordinal);
}
