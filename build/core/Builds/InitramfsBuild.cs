using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>BuildFses: the initramfs with the benchmark as its only program, <c>/init</c>. The kernel brings <c>/dev/console</c> itself.</summary>
public sealed class InitramfsBuild(Workspace workspace)
{
    private const int OwnerMayRunIt = 0x1ed; // octal 755

    // Part of the fingerprint: raise it when the archive's layout changes.
    private const int Layout = 1;

    /// <exception cref="UserError">The benchmark has not been built, or the disk refuses.</exception>
    public Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        if (!File.Exists(workspace.BenchmarkElf))
            throw new UserError($"{workspace.BenchmarkElf} is missing: run --target=BuildBenchmark first, or leave --exclusive out");

        var ledger = new StepLedger(workspace);
        return new StepRunner(workspace, ledger).RunAsync(
            new StepPlan
            {
                Name = "initramfs",
                Inputs = ledger.NewFingerprint().AddFile("benchmark", workspace.BenchmarkElf).Add("layout", Layout),
                Outputs = [workspace.Initramfs],
                Build = (staging, _) =>
                {
                    Write(Path.Combine(staging, Path.GetFileName(workspace.Initramfs)));
                    return Task.CompletedTask;
                },
            },
            cancellation);
    }

    private void Write(string path) => AtomicFile.Write(path, temporary =>
    {
        using var stream = File.Create(temporary);
        var archive = new CpioWriter(stream);
        archive.AddFile("init", OwnerMayRunIt, File.ReadAllBytes(workspace.BenchmarkElf));
        archive.End();
    });
}
