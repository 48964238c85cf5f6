using SyscallBench.Explain;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Explain;

/// <summary>Captured calls, stepped through as QEMU would give them.</summary>
public sealed class TracedGuestTests(GuestImages guests) : IDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(30);

    private readonly ProcessRunner _processes = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("linux-skylake", 253)]
    [InlineData("linux-nomitig-skylake", 240)]
    [InlineData("linux-epyc", 270)]
    public async Task Should_Step_Through_The_Very_Instructions_When_A_Call_Was_Captured(string name, int total)
    {
        await using var fake = Fake(CapturedTrace.Of(name));
        await using var guest = await StartAsync(fake.Qemu());

        var trace = await guest.TraceAsync(TracedGuest.LongestPath, Cancellation);

        Assert.Equal(total, trace.Instructions.Count);
        Assert.Equal(CapturedTrace.Of(name).Instructions.Skip(1).Select(each => each.Address), trace.Instructions.Skip(1).Select(each => each.Address));
    }

    [Fact]
    public async Task Should_Take_The_Call_That_Repeats_When_One_Had_The_Schedulers_Work_In_It()
    {
        var (usual, longer) = (CapturedTrace.Of("linux-skylake"), CapturedTrace.Of("linux-epyc"));
        await using var fake = Fake(longer, usual, usual);
        await using var guest = await StartAsync(fake.Qemu());

        Assert.Equal(253, (await guest.TraceAsync(TracedGuest.LongestPath, Cancellation)).Instructions.Count);
    }

    [Fact]
    public async Task Should_Explain_None_When_No_Two_Calls_Are_The_Same()
    {
        await using var fake = Fake(CapturedTrace.Of("linux-skylake"), CapturedTrace.Of("linux-epyc"));
        await using var guest = await StartAsync(fake.Qemu());

        await Assert.ThrowsAsync<UserError>(() => guest.TraceAsync(TracedGuest.LongestPath, Cancellation));
    }

    [Fact]
    public async Task Should_Give_Up_When_A_Path_Is_Longer_Than_The_Bound()
    {
        await using var fake = Fake(CapturedTrace.Of("linux-skylake"));
        await using var guest = await StartAsync(fake.Qemu());

        Assert.Contains("252", (await Assert.ThrowsAsync<UserError>(() => guest.TraceAsync(252, Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_So_When_The_Guest_Makes_Another_Call()
    {
        await using var fake = new FakeGuest(Offset, CapturedTrace.Of("linux-skylake")) { Number = 39 };

        await FailsAsync(fake.Qemu(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Should_Say_So_When_Qemu_Dies()
    {
        await using var fake = new FakeGuest(Offset, CapturedTrace.Of("linux-skylake")) { Dies = true };
        await using var guest = await StartAsync(fake.Qemu());

        var error = await Assert.ThrowsAsync<UserError>(() => guest.TraceAsync(TracedGuest.LongestPath, Cancellation));

        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Should_Say_What_Qemu_Said_When_The_Guest_Never_Starts_The_Benchmark()
    {
        await using var fake = Fake(CapturedTrace.Of("linux-skylake"));

        var message = await FailsAsync(fake.Qemu(console: "Kernel panic", last: "echo could not load the kernel >&2; exit 1"), _deadline);

        Assert.Contains("could not load the kernel", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Give_Qemu_No_Path_That_It_Would_Take_Apart()
    {
        await using var fake = Fake(CapturedTrace.Of("linux-skylake"));

        var message = await FailsAsync(fake.Qemu(console: "", last: "case \"$*\" in *'/a b/'*) echo apart >&2;; *) echo whole >&2;; esac; exit 1"), _deadline);

        Assert.Contains("whole", message, StringComparison.Ordinal);
    }

    public void Dispose() => _processes.Dispose();

    private ulong Offset
    {
        get
        {
            guests.Require();
            return TracedGuest.OffsetOfCall(guests.Images.Paths[Image.Benchmark]);
        }
    }

    private FakeGuest Fake(params IReadOnlyList<Trace> traces) => new(Offset, traces);

    private async Task<string> FailsAsync(string qemu, TimeSpan deadline)
    {
        var error = await Assert.ThrowsAsync<UserError>(() => StartAsync(qemu, deadline));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    private Task<TracedGuest> StartAsync(string qemu, TimeSpan? deadline = null) => TracedGuest.StartAsync(
        _processes,
        new LinuxPlatform(Mitigations.On),
        new GuestSettings(
            Accelerator.Tcg,
            "Skylake-Client-v1",
            new BenchmarkArguments(5, 1000, 1),
            new Dictionary<Image, string> { [Image.Kernel] = "/a b/kernel", [Image.Initramfs] = "/a b/initramfs" },
            "") { Qemu = qemu },
        guests.Images.Paths[Image.Benchmark],
        deadline ?? _deadline,
        Cancellation);
}
