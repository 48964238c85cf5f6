using SyscallBench.Consoles;

namespace SyscallBench.Tests.Consoles;

public sealed class ConsoleVerdictTests
{
    private readonly ConsoleFixture _console = new();

    [Fact]
    public void Should_Fail_When_The_Console_Is_Empty()
    {
        var log = _console.Parse();

        Assert.NotNull(log.Failure);
    }

    [Fact]
    public void Should_Fail_When_The_End_Is_Missing()
    {
        var log = _console.Begin().Round(0).Parse();

        Assert.Contains("1 of 2", log.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Fail_When_The_Begin_Is_Missing()
    {
        _console.Next("begin");

        var log = _console.Round(0).Round(1).End(2).Parse();

        Assert.NotNull(log.Failure);
        Assert.Empty(_console.Samples);
    }

    [Fact]
    public void Should_Fail_When_The_Guest_Starts_Over()
    {
        var begin = ConsoleFixture.Frame("@sb1 0 begin rounds=2 iters=1000 warmup=1 nr=500 expect=any");

        var log = _console.Line(begin).Line(begin).Parse();

        Assert.Contains("boot-000.log:2", log.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Fail_When_The_Status_Is_Not_Zero()
    {
        var log = _console.Begin().Round(0).End(1, status: 1).Parse();

        Assert.Equal("the benchmark exited with 1", log.Failure);
    }

    [Theory]
    [InlineData("0x00000100", "the benchmark exited with 1 (exitcode=0x00000100)")]
    [InlineData("0x00007f00", "the benchmark exited with 127 (exitcode=0x00007f00)")]
    [InlineData("0x0000000b", "the benchmark was killed by SIGSEGV (exitcode=0x0000000b)")]
    [InlineData("0x0000008b", "the benchmark was killed by SIGSEGV (exitcode=0x0000008b)")]
    [InlineData("0x00000004", "the benchmark was killed by SIGILL (exitcode=0x00000004)")]
    public void Should_Decode_When_The_Panic_Has_An_Exit_Code(string code, string expected)
    {
        var log = _console.Begin().Line($"[    1.2] Kernel panic - not syncing: Attempted to kill init! exitcode={code}\r").Parse();

        Assert.Equal(expected, log.Failure);
    }

    [Fact]
    public void Should_Name_The_Panic_When_It_Is_Another()
    {
        var log = _console.Line("[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)").Parse();

        Assert.Contains("VFS: Unable to mount root fs on unknown-block(0,0)", log.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Succeed_When_The_Panic_Has_Exit_Code_Zero()
    {
        var log = _console.Begin().Round(0).Round(1).End(2)
            .Line("[ 1.2] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000000").Parse();

        Assert.Null(log.Failure);
        Assert.True(log.Panic?.IsSuccess);
    }

    [Theory]
    [InlineData("noop-returned value=-38 expected=12648430", "the noop system call returned -38 (ENOSYS), expected 12648430")]
    [InlineData("noop-returned value=0 expected=12648430", "the noop system call returned 0, expected 12648430")]
    [InlineData("bad-argument value=rounds=0", "the benchmark does not know its argument rounds=0")]
    [InlineData("clock-backwards", "the clock ran backwards")]
    [InlineData("no-tsc", "the CPU lacks RDTSC or RDTSCP")]
    [InlineData("out-of-coffee value=7", "the benchmark gave up: out-of-coffee 7")]
    public void Should_Explain_When_The_Benchmark_Gives_Up(string error, string expected)
    {
        var log = _console.Begin().Record($"error what={error}").End(0, status: 1).Parse();

        Assert.Contains(expected, log.Failure, StringComparison.Ordinal);
    }

    // The old program took the second begin's iterations: 8 instructions a call became 8000.
    [Fact]
    public void Should_Fail_When_A_Second_Begin_Has_Other_Iterations()
    {
        var log = _console.Begin(iterations: 1000).Begin(iterations: 1).Round(0).Round(1).End(2).Parse();

        Assert.Contains("second begin", log.Failure, StringComparison.Ordinal);
        Assert.Empty(log.Samples);
    }

    [Fact]
    public void Should_Fail_When_Fewer_Rounds_Came_Than_Were_Announced()
    {
        var log = _console.Begin(rounds: 3).Round(0).Round(1).End(2).Parse();

        Assert.Matches("3 rounds.* 2 ", log.Failure);
    }

    [Fact]
    public void Should_Fail_When_The_End_Counts_Other_Rounds() => Assert.NotNull(_console.Begin().Round(0).Round(1).End(1).Parse().Failure);

    [Theory]
    [InlineData("3")]
    [InlineData("1")]
    [InlineData("2147483648")]
    [InlineData("9223372036854775807")]
    [InlineData("18446744073709551616")]
    [InlineData("-1")]
    [InlineData("x")]
    public void Should_Fail_When_A_Sequence_Number_Jumps_Or_Overflows(string sequence)
    {
        var log = _console.Begin().Round(0).Line(ConsoleFixture.Frame($"@sb1 {sequence} {ConsoleFixture.RoundBody(1)}"))
            .Line(ConsoleFixture.Frame("@sb1 3 end records=4 rounds=2 status=0")).Parse();

        Assert.Contains("boot-000.log:3", log.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Fail_When_A_Record_Is_Lost() => Assert.NotNull(Lost().Failure);

    [Fact]
    public void Should_Fail_When_A_Record_Follows_The_End() => Assert.NotNull(_console.Begin().Round(0).Round(1).End(2).Record("state name=x value=y").Parse().Failure);

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("18446744073709551615")]
    public void Should_Leave_Out_One_Round_When_One_Value_Is_Absurd(string value)
    {
        var log = _console.Begin().Record($"round n=0 tsc=5 empty=3005 scall={value} fcall=6005 interrupted=0").Round(1).End(2).Parse();

        Assert.Null(log.Failure);
        Assert.Equal(1, Assert.Single(log.Samples).Round);
        Assert.Equal((1, 2), (log.RejectedCount, log.FirstRejected!.Line));
    }

    [Theory]
    [InlineData("BUG: unable to handle page fault for address: ffffc90000a3bff8", "0x00000009")]
    [InlineData("BUG: kernel NULL pointer dereference, address: 0000000000000010", "0x00000009")]
    [InlineData("general protection fault, probably for non-canonical address 0xdead000000000108: 0000 [#1] PREEMPT SMP PTI", "0x0000000b")]
    [InlineData("general protection fault: 0000 [#1] SMP NOPTI", "0x0000000b")]
    [InlineData("kernel BUG at mm/slub.c:305!", "0x0000000b")]
    [InlineData("invalid opcode: 0000 [#1] PREEMPT SMP NOPTI", "0x00000009")]
    [InlineData("divide error: 0000 [#1] SMP", "0x00000009")]
    [InlineData("Oops: 0002 [#1] PREEMPT SMP PTI", "0x00000009")]
    [InlineData("Oops: general protection fault, probably for non-canonical address 0x1: 0000 [#1] SMP", "0x0000000b")]
    [InlineData("Unable to handle kernel paging request at virtual address ffffffff81000000", "0x0000000b")]
    public void Should_Blame_The_Kernel_When_It_Crashed_Before_The_Panic(string oops, string code)
    {
        var log = _console.Begin().Line($"[    0.912345] {oops}\r").Line("[    0.912400] CPU: 0 PID: 1 Comm: init Not tainted 6.1.0 #1\r").Line("[    0.9125] Call Trace:\r")
            .Line($"[    0.93] Kernel panic - not syncing: Attempted to kill init! exitcode={code}\r").Parse();

        Assert.Equal(oops, log.Oops);
        Assert.Contains(oops, log.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain("the benchmark was killed", log.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("traps: init[1] general protection fault ip:7f0000401136 sp:7ffd5c error:0 in init[401000+1000]")]
    [InlineData("init[1]: segfault at 0 ip 0000000000401136 sp 00007ffd error 6 in init[401000+1000]")]
    [InlineData("DEBUG: everything is fine")]
    public void Should_Blame_The_Program_When_The_Fault_Was_Its_Own(string line)
    {
        var log = _console.Begin().Line($"[    0.9] {line}").Line("[    0.9] Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b").Parse();

        Assert.Null(log.Oops);
        Assert.Contains("SIGSEGV", log.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Warn_When_The_Kernel_Reported_A_Fault_And_Went_On()
    {
        var log = _console.Line("[    0.1] BUG: workqueue lockup - pool cpus=0").Begin().Round(0).Round(1).End(2)
            .Line("[ 1.2] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000000").Parse();

        Assert.Null(log.Failure);
        Assert.Equal(Severity.Warning, Assert.Single(log.Findings).Severity);
    }

    [Fact]
    public void Should_Escape_What_A_Guest_Wrote_When_It_Is_Quoted()
    {
        var log = _console.Begin().Record("error what=%1B%5B2J%0A value=%07").Line("Kernel panic - not syncing: \a\u009b31m").End(0, status: 1).Parse();

        Assert.DoesNotContain(log.Failure! + string.Concat(log.Findings.Select(finding => finding.Seen)) + log.Panic!.Message, char.IsControl);
    }

    private BootLog Lost()
    {
        _console.Begin().Round(0);
        _console.Next(ConsoleFixture.RoundBody(1));
        return _console.End(2).Parse();
    }
}
