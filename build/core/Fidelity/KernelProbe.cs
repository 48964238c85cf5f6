using SyscallBench.Boots;
using SyscallBench.Consoles;
using SyscallBench.Platforms;

namespace SyscallBench.Fidelity;

/// <summary>
/// Boots a kernel just as the platforms <c>linux</c> and <c>linux-nomitig</c> do: under TCG with instruction counting, whatever the measurements run on, since
/// counts have no noise; and under KVM, where that works, since what is published is cycles.
/// </summary>
/// <param name="initramfs">Archive with the benchmark as <c>/init</c>; no module is needed to start it.</param>
/// <param name="consoles">Folder for the console logs, one per boot.</param>
/// <param name="program">Name or path of QEMU.</param>
public sealed class KernelProbe(QemuRunner qemu, string initramfs, string consoles, string program)
{
    // Counts repeat exactly: the rounds beyond the first are there for when a timer tick hits some.
    private static readonly BenchmarkArguments _counted = new(Rounds: 5, Iterations: 1000, Warmup: 1);

    // Rounds of some tens of microseconds, of which most meet no tick; a kernel's layout in memory differs from boot to boot.
    private static readonly BenchmarkArguments _timed = new(Rounds: 100, Iterations: 200, Warmup: 2);

    private const int CycleBoots = 8;

    // A fraction: code that runs the same instructions lies elsewhere in memory.
    private const double CycleLimit = 0.05;

    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(3);

    public string Describe(FidelityCell cell) =>
        string.Join(' ', Command(cell, "<kernel>", "<console>", Accelerator.Tcg, _counted, "<initramfs>").ToArguments());

    /// <exception cref="UserError">The boot failed, or an interrupt hit every round.</exception>
    public async Task<InstructionCount> CountAsync(string kernel, FidelityCell cell, CancellationToken cancellation)
    {
        var log = await BootAsync(kernel, cell, Accelerator.Tcg, _counted, null, cancellation);
        return InstructionCount.Of(log.Samples)
            ?? throw new UserError($"{kernel}, {cell}: a timer tick hit every one of its {log.Rounds} rounds; its console is {log.Source}");
    }

    /// <summary>Holds two kernels against each other in TSC cycles of getppid under KVM, mitigations on, boots of both in turn.</summary>
    /// <param name="cpu">CPU model under KVM.</param>
    /// <exception cref="UserError">A boot failed.</exception>
    public async Task<Agreement> CompareCyclesAsync(ComparedKernels kernels, string cpu, Pinning? pinning, CancellationToken cancellation)
    {
        var cell = new FidelityCell(cpu, Mitigations.On, "getppid", Syscalls.GetParent);
        var (before, after) = (new List<double>(), new List<double>());
        for (var boot = 0; boot < CycleBoots; boot++)
        {
            before.Add(await CyclesAsync(kernels.Stock.Image));
            after.Add(await CyclesAsync(kernels.Image));
        }

        return Agreement.Of(before, after, probability: 0.5, CycleLimit);

        async Task<double> CyclesAsync(string kernel)
        {
            var log = await BootAsync(kernel, cell, Accelerator.Kvm, _timed, pinning, cancellation);
            return InstructionCount.Of(log.Samples)?.Net
                ?? throw new UserError($"{kernel}, {cell}: every one of its {log.Rounds} rounds was disturbed; its console is {log.Source}");
        }
    }

    private async Task<BootLog> BootAsync(
        string kernel, FidelityCell cell, Accelerator accelerator, BenchmarkArguments benchmark, Pinning? pinning, CancellationToken cancellation)
    {
        Directory.CreateDirectory(consoles);
        var console = Path.Combine(consoles, $"{Path.GetFileName(Path.GetDirectoryName(kernel))}-{cell.Cpu}-{cell.Mitigations.Name()}-{cell.Call}.log");
        var command = Command(cell, kernel, console, accelerator, benchmark, initramfs);
        var exit = await qemu.RunAsync(command, pinning, null, Deadline, cancellation);
        // As in Run, a boot that hangs is made once more.
        if (exit.Process.TimedOut)
            exit = await qemu.RunAsync(command, pinning, null, Deadline, cancellation);

        var log = File.Exists(console) ? ConsoleReader.Read(console, console, 0) : ConsoleReader.Parse([], console, 0);
        return (exit.WhyEnded ?? cell.Platform.WhyFailed(exit.Process.ExitCode, log)) is { } failure
            ? throw new UserError($"{kernel}, {cell}: {failure}; its console is {console}")
            : log;
    }

    private QemuCommand Command(FidelityCell cell, string kernel, string console, Accelerator accelerator, BenchmarkArguments benchmark, string archive)
    {
        var images = new Dictionary<Image, string> { [Image.Kernel] = kernel, [Image.Initramfs] = archive };
        return cell.Platform.Command(new GuestSettings(accelerator, cell.Cpu, benchmark with { SystemCall = cell.Number, Expect = cell.Expect }, images, console) { Qemu = program });
    }
}
