using SyscallBench.Consoles;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>Whether guests run under KVM.</summary>
/// <param name="Works">One did; null where that could not be tried.</param>
/// <param name="Reason">What was tried and seen, or why it was not tried.</param>
public sealed record KvmAnswer(bool? Works, string Reason)
{
    /// <summary>What to do where it does not work; null where nothing is known to help.</summary>
    public string? Remedy { get; init; }
}

/// <summary>What the guests run on.</summary>
/// <param name="Reason">Why this one, and why not the other: one sentence.</param>
public sealed record AcceleratorChoice(Accelerator Accelerator, string Reason);

/// <summary>
/// Finds out whether KVM works by booting the floor guest under it: a /dev/kvm that opens, and even a virtual CPU that can be made, prove nothing.
/// </summary>
/// <param name="program">Name or path of QEMU.</param>
/// <param name="cpu">CPU model that was asked for; null for the default.</param>
/// <param name="deadline">How long the guest may take; null for the default.</param>
public sealed class KvmProbe(QemuRunner qemu, ImageSet images, string program, string? cpu, TimeSpan? deadline)
{
    private static readonly GuestPlatform _platform = PlatformCatalog.Floor;

    // A working KVM answers in a fraction of a second, on a busy machine in some; a broken one may hang.
    private readonly TimeSpan _deadline = deadline ?? TimeSpan.FromSeconds(30);

    /// <summary>What is booted for it.</summary>
    public static IReadOnlyList<Image> Images => _platform.Images;

    /// <summary>Chooses KVM where a guest really runs under it, else TCG.</summary>
    /// <param name="asked">What the user asked for; null to find out.</param>
    /// <param name="inputs">What the answer depends on besides this start of the machine: version of QEMU, hashes of the images.</param>
    /// <param name="cacheFile">Where the question that had a yes is kept until anything that it depends on changes; losing it costs seconds.</param>
    /// <exception cref="UserError">KVM was asked for by name and does not work, or a CPU model does not that was asked for.</exception>
    public async Task<AcceleratorChoice> ChooseAsync(Accelerator? asked, IReadOnlyDictionary<string, string> inputs, string cacheFile, CancellationToken cancellation)
    {
        if (asked == Accelerator.Tcg)
            return new(Accelerator.Tcg, "TCG with exact instruction counts, as asked for");

        var works = new AcceleratorChoice(Accelerator.Kvm, "KVM: a guest ran under it");
        var start = new SystemFiles().Read("/proc/sys/kernel/random/boot_id") ?? "";
        var question = new SortedDictionary<string, string>(inputs.ToDictionary(), StringComparer.Ordinal) { ["boot"] = start };

        // Whether the device opens costs nothing to find out, and changes without a restart. Who asks for KVM by name has mended something, perhaps.
        if (asked is null && KvmDevice.Read().WhyClosed is null && JsonFormat.Recall<SortedDictionary<string, string>>(cacheFile)?.SequenceEqual(question) == true)
            return works;

        var answer = await AskAsync(cancellation).ConfigureAwait(false);
        if (answer.Works == true)
        {
            // A no is never remembered: what was in the way may be gone.
            AtomicFile.Write(cacheFile, JsonFormat.Serialize(question));
            return works;
        }

        return asked == Accelerator.Kvm
            ? throw new UserError($"--accel=kvm: {answer.Reason}; use --accel=auto or tcg")
            : new(Accelerator.Tcg, $"TCG with exact instruction counts: {answer.Reason}");
    }

    /// <exception cref="UserError">QEMU is not there; or the CPU model that was asked for is none, or lacks what the benchmark needs: KVM is not to blame.</exception>
    public async Task<KvmAnswer> AskAsync(CancellationToken cancellation)
    {
        var device = KvmDevice.Read();
        if (device.WhyClosed is { } closed)
            return new KvmAnswer(false, closed) { Remedy = device.Remedy(HostFacts.Read(new SystemFiles())) };
        if (Images.Select(images.WhyMissing).FirstOrDefault(reason => reason is not null) is { } missing)
            return new KvmAnswer(null, $"KVM was not tried, because the floor guest that tries it is not there: {missing}") { Remedy = "./build.sh --target=BuildBenchmark --target=BuildFloor --target=Doctor" };

        using var scratch = new SocketFolder();
        var console = scratch.Path("console");
        var paths = images.Paths.ToDictionary(image => image.Key, image => Path.GetFullPath(image.Value));
        var benchmark = new BenchmarkArguments(Rounds: 1, Iterations: 1000, Warmup: 0);
        var settings = new GuestSettings(Accelerator.Kvm, cpu ?? Accelerator.Kvm.DefaultCpu(), benchmark, paths, console) { Qemu = program };
        var exit = await qemu.RunAsync(_platform.Command(settings), Pinning.None("not needed"), workingDirectory: null, _deadline, cancellation).ConfigureAwait(false);
        var log = File.Exists(console) ? ConsoleReader.Read(console, "the probe's console", 0) : ConsoleReader.Parse([], "the probe's console", 0);
        if (cpu is not null && !exit.Process.TimedOut && WhyBadModel(exit, log) is { } model)
            throw new UsageError($"--cpu={cpu}: {model}");
        return WhyDead(exit, log, console) is { } dead ? new KvmAnswer(false, $"{KvmDevice.Path} opens, but no guest runs under it: {dead}") : new KvmAnswer(true, "a guest ran under it");
    }

    // QEMU's own words, when it gave up, say more than that the console is empty.
    private string? WhyDead(BootRun exit, BootLog log, string console) =>
        exit.Process.TimedOut ? FormattableString.Invariant($"it did not answer within {_deadline.TotalSeconds:0.#} s")
        : exit.Process.ExitCode != FloorPlatform.Success && (exit.Stopped ? exit.Error : exit.WhyEnded ?? exit.Error) is { } said ? said
        : _platform.WhyFailed(exit.Process.ExitCode, log) is not { } failure ? null
        : File.Exists(console) && File.ReadLines(console).LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } last ? last.Trim()
        : failure;

    private static string? WhyBadModel(BootRun exit, BootLog log) =>
        log.Error?.What == "no-tsc" ? log.Failure
        : exit.Error is { } said && (said.Contains("CPU model", StringComparison.Ordinal) || said.Contains("Property '", StringComparison.Ordinal)) ? said
        : null;
}
