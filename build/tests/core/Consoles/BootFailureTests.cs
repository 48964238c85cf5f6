namespace SyscallBench.Tests.Consoles;

public sealed class BootFailureTests
{
    private readonly ConsoleFixture _console = new();

    [Fact]
    public void Should_Fail_When_The_Console_Is_Empty()
    {
        var log = _console.Parse();

        Assert.Equal("the console holds no record of the benchmark: it never ran", log.Failure);
    }

    [Fact]
    public void Should_Fail_When_The_End_Is_Missing()
    {
        var log = _console.Begin().Round(0).Parse();

        Assert.Equal("the end record is missing: the console is cut after 1 of 2 rounds", log.Failure);
    }

    [Fact]
    public void Should_Fail_When_The_Begin_Is_Missing()
    {
        _console.Next("begin");

        var log = _console.Round(0).Round(1).End(2).Parse();

        Assert.StartsWith("the begin record is missing", log.Failure, StringComparison.Ordinal);
        Assert.Empty(_console.Samples);
    }

    [Fact]
    public void Should_Fail_When_The_Guest_Starts_Over()
    {
        var begin = ConsoleFixture.Frame("@sb1 0 begin rounds=2 iters=1000 warmup=1 nr=500 expect=any");

        var log = _console.Line(begin).Line(begin).Parse();

        Assert.Equal("the guest started over at boot-000.log:2", log.Failure);
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

        Assert.Equal("the kernel panicked: VFS: Unable to mount root fs on unknown-block(0,0)", log.Failure);
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
}
