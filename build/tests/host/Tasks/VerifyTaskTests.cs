using System.Diagnostics;
using SyscallBench.Build.Hosting;

namespace SyscallBench.Build.Tests.Tasks;

public sealed class VerifyTaskTests : IDisposable
{
    // A minute where a kernel is built already, since only what depends on the option is compiled; five where none is.
    private const string Slow = "SYSCALL_BENCH_SLOW";

    private readonly ProgramFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Say_That_Only_Debians_Kernel_Has_A_Stock_Kernel()
    {
        var ended = await _fixture.Run("--target=Verify", "--exclusive", "--kernel=5.11");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("--kernel=debian", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Exit_With_2_When_The_Fragment_Does_Not_Exist()
    {
        var ended = await _fixture.Run("--target=BuildKernel", "--exclusive", "--toolchain=host", "--kernel-fragment=/nonexistent.config");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("--kernel-fragment=/nonexistent.config: ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Fail_When_An_Option_That_Matters_Is_Switched_Off()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Slow) == "1", $"builds a kernel and boots it 16 times; set {Slow}=1 to run it");
        var fragment = _fixture.Path("no-debug-fpu.config");
        await File.WriteAllTextAsync(fragment, "# CONFIG_X86_DEBUG_FPU is not set\n", TestContext.Current.CancellationToken);

        // In the repository itself, where the source, the stock kernel and the compiler's cache may be.
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "syscall-bench.dll"), "--target=Verify", $"--kernel-fragment={fragment}"])
        {
            RedirectStandardError = true,
        };
        start.Environment[BenchHost.RootVariable] = Workspace.Above(AppContext.BaseDirectory).Root;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }
}
