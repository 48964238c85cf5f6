using SyscallBench.Boots;
using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Fidelity;

/// <summary>
/// Boots a kernel just as the platforms <c>linux</c> and <c>linux-nomitig</c> do. Always under TCG with instruction counting, whatever the measurements run on: whether
/// two kernels execute the same is a question of counts, and counts have no noise.
/// </summary>
/// <param name="qemu">Runs the guests.</param>
/// <param name="initramfs">Archive with the benchmark as <c>/init</c>; no module is needed to start it.</param>
/// <param name="consoles">Folder for the console logs, one per boot.</param>
/// <param name="program">Name or path of QEMU.</param>
public sealed class KernelProbe(QemuRunner qemu, string initramfs, string consoles, string program) : IKernelProbe
{
    // Counts repeat exactly: the rounds beyond the first are there for when a timer tick hits some.
    private static readonly BenchmarkArguments _benchmark = new(Rounds: 5, Iterations: 1000, Warmup: 1);

    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public string Describe(FidelityCell cell)
    {
        var command = Command(PlatformOf(cell), "<kernel>", "<initramfs>", cell, "<console>");
        return string.Join(' ', (command with { Program = "" }).ToArguments());
    }

    /// <inheritdoc/>
    public async Task<InstructionCount> CountAsync(string kernel, FidelityCell cell, CancellationToken cancellation)
    {
        var platform = PlatformOf(cell);
        var console = Path.Combine(consoles, ConsoleName(kernel, cell));
        Directory.CreateDirectory(consoles);
        var exit = await qemu.RunAsync(Command(platform, kernel, initramfs, cell, console), Pinning.NotNeeded, null, _deadline, cancellation);

        var log = File.Exists(console) ? ConsoleParser.Read(console, console, 0) : ConsoleParser.Parse([], console, 0);
        var failure = exit.Process.TimedOut ? exit.Process.Describe() : platform.WhyFailed(exit.Process.ExitCode, log);
        if (failure is not null)
            throw new UserError($"{kernel}, {cell}: {failure}; its console is {console}");
        return InstructionCount.Of(log.Samples)
            ?? throw new UserError($"{kernel}, {cell}: a timer tick hit every one of its {log.Rounds} rounds; its console is {console}");
    }

    private QemuCommand Command(LinuxPlatform platform, string kernel, string archive, FidelityCell cell, string console) => platform.Command(new GuestSettings
    {
        Accelerator = Accelerator.Tcg,
        Cpu = cell.Cpu,
        Benchmark = _benchmark with { SystemCall = cell.Call.Number, Expect = cell.Call.Expect },
        Images = new Dictionary<Image, string> { [Image.Kernel] = kernel, [Image.Initramfs] = archive },
        Console = console,
        Qemu = program,
    });

    private static LinuxPlatform PlatformOf(FidelityCell cell) =>
        cell.Mitigations == Mitigations.Off ? new LinuxNoMitigationsPlatform() : new LinuxDefaultPlatform();

    private static string ConsoleName(string kernel, FidelityCell cell) =>
        $"{Path.GetFileName(Path.GetDirectoryName(kernel))}-{cell.Cpu}-{cell.MitigationsText}-{cell.Call.Name}.log";
}
