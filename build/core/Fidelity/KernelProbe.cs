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
public sealed class KernelProbe(QemuRunner qemu, string initramfs, string consoles, string program) : IKernelProbe
{
    // Counts repeat exactly: the rounds beyond the first are there for when a timer tick hits some.
    private static readonly BenchmarkArguments _counted = new(Rounds: 5, Iterations: 1000, Warmup: 1);

    // Rounds of some tens of microseconds, of which most meet no tick; a kernel's layout in memory differs from boot to boot.
    private static readonly BenchmarkArguments _timed = new(Rounds: 100, Iterations: 200, Warmup: 2);

    private const int CycleBoots = 8;

    /// <summary>Largest difference in cycles that passes, as a fraction: code that runs the same instructions lies elsewhere in memory.</summary>
    private const double CycleLimit = 0.05;

    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(3);

    public string Describe(FidelityCell cell)
    {
        var command = Command(PlatformOf(cell), "<kernel>", "<initramfs>", cell, "<console>", Accelerator.Tcg, _counted);
        return string.Join(' ', (command with { Program = "" }).ToArguments());
    }

    public async Task<InstructionCount> CountAsync(string kernel, FidelityCell cell, CancellationToken cancellation)
    {
        var log = await BootAsync(kernel, cell, Accelerator.Tcg, _counted, null, cancellation);
        return InstructionCount.Of(log.Samples)
            ?? throw new UserError($"{kernel}, {cell}: a timer tick hit every one of its {log.Rounds} rounds; its console is {log.Source}");
    }

    /// <summary>Holds two kernels against each other in TSC cycles of getppid under KVM, mitigations on, boots of both in turn.</summary>
    /// <param name="stock">Absolute path of the reference's image.</param>
    /// <param name="ours">Absolute path of ours.</param>
    /// <param name="cpu">CPU model under KVM.</param>
    /// <param name="pinning">Where the guest's CPU runs.</param>
    /// <exception cref="UserError">A boot failed.</exception>
    public async Task<Agreement> CompareCyclesAsync(string stock, string ours, string cpu, Pinning? pinning, CancellationToken cancellation)
    {
        var cell = new FidelityCell(cpu, Mitigations.On, ProbedCall.GetParent);
        var (before, after) = (new List<double>(), new List<double>());
        for (var boot = 0; boot < CycleBoots; boot++)
        {
            before.Add(await CyclesAsync(stock));
            after.Add(await CyclesAsync(ours));
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
        string kernel, FidelityCell cell, Accelerator accelerator, BenchmarkArguments benchmark, Pinning? pinning, CancellationToken cancellation, bool isSecond = false)
    {
        var platform = PlatformOf(cell);
        var console = Path.Combine(consoles, ConsoleName(kernel, cell));
        Directory.CreateDirectory(consoles);
        var command = Command(platform, kernel, initramfs, cell, console, accelerator, benchmark);
        var exit = await qemu.RunAsync(command, pinning, null, Deadline, cancellation);

        // As in Run, a boot that hangs is made once more.
        if (exit.Process.TimedOut && !isSecond)
            return await BootAsync(kernel, cell, accelerator, benchmark, pinning, cancellation, isSecond: true);

        var log = File.Exists(console) ? ConsoleParser.Read(console, console, 0) : ConsoleParser.Parse([], console, 0);
        var failure = exit.WhyEnded ?? platform.WhyFailed(exit.Process.ExitCode, log);
        if (failure is not null)
            throw new UserError($"{kernel}, {cell}: {failure}; its console is {console}");
        return log;
    }

    private QemuCommand Command(LinuxPlatform platform, string kernel, string archive, FidelityCell cell, string console, Accelerator accelerator, BenchmarkArguments benchmark) => platform.Command(new GuestSettings
    {
        Accelerator = accelerator,
        Cpu = cell.Cpu,
        Benchmark = benchmark with { SystemCall = cell.Call.Number, Expect = cell.Call.Expect },
        Images = new Dictionary<Image, string> { [Image.Kernel] = kernel, [Image.Initramfs] = archive },
        Console = console,
        Qemu = program,
    });

    /// <summary>The platform that a cell's kernels are booted as.</summary>
    public static LinuxPlatform PlatformOf(FidelityCell cell) =>
        cell.Mitigations == Mitigations.Off ? new LinuxNoMitigationsPlatform() : new LinuxDefaultPlatform();

    private static string ConsoleName(string kernel, FidelityCell cell) =>
        $"{Path.GetFileName(Path.GetDirectoryName(kernel))}-{cell.Cpu}-{cell.MitigationsText}-{cell.Call.Name}.log";
}
