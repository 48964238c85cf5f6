using System.Globalization;
using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>Whether guests run under KVM.</summary>
/// <param name="Works">One did.</param>
/// <param name="Reason">What was tried and seen, or why it was not tried.</param>
public sealed record KvmAnswer(bool Works, string Reason)
{
    /// <summary>Trying again would give the same answer: KVM worked, or was refused. Silence may be a busy machine's.</summary>
    public bool IsLasting { get; init; }
}

/// <summary>
/// Finds out whether KVM works by booting the floor guest under it: a /dev/kvm that opens, and even a virtual CPU that can be made, prove nothing.
/// </summary>
/// <param name="qemu">Runs the guest.</param>
/// <param name="images">Where the guest is.</param>
/// <param name="program">Name or path of QEMU.</param>
/// <param name="cpu">CPU model that was asked for; null for the default.</param>
public sealed class KvmProbe(QemuRunner qemu, ImageSet images, string program, string? cpu)
{
    private const string Device = "/dev/kvm";

    private static readonly FloorRing3Platform _platform = new();

    /// <summary>A working KVM answers in a fraction of a second, on a busy machine in some; a broken one may hang.</summary>
    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromSeconds(30);

    public TimeSpan Deadline { get; init; } = DefaultDeadline;

    /// <summary>What is booted for it.</summary>
    public static IReadOnlyList<Image> Images => _platform.Images;

    /// <summary>Tries it.</summary>
    /// <exception cref="UserError">The CPU model that was asked for is none, or lacks what the benchmark needs: KVM is not to blame.</exception>
    public async Task<KvmAnswer> AskAsync(CancellationToken cancellation)
    {
        if (Images.Select(images.WhyMissing).FirstOrDefault(reason => reason is not null) is { } missing)
            return new KvmAnswer(false, $"KVM was not tried, because the floor guest that tries it is not there: {missing}");

        using var scratch = new SocketFolder();
        var console = scratch.Path("console");
        var settings = new GuestSettings
        {
            Accelerator = Accelerator.Kvm,
            Cpu = cpu ?? Accelerator.Kvm.DefaultCpu(),
            Benchmark = new BenchmarkArguments(Rounds: 1, Iterations: 1000, Warmup: 0),
            Images = images.Paths.ToDictionary(image => image.Key, image => Path.GetFullPath(image.Value)),
            Console = console,
            Qemu = program,
        };
        var exit = await qemu.RunAsync(_platform.Command(settings), Pinning.None("not needed"), workingDirectory: null, Deadline, cancellation).ConfigureAwait(false);
        return Explain(exit, console);
    }

    private KvmAnswer Explain(QemuExit exit, string console)
    {
        const string Dead = $"{Device} opens, but no guest runs under it";
        if (exit.Process.TimedOut)
            return new KvmAnswer(false, string.Create(CultureInfo.InvariantCulture, $"{Dead}: it did not answer within {Deadline.TotalSeconds:0.#} s"));

        var log = Read(console);
        if (cpu is not null && WhyBadModel(exit, log) is { } model)
            throw new UsageError($"--cpu={cpu}: {model}");

        // QEMU's own words, when it gave up, say more than that the console is empty.
        if (exit.Error is { } said && exit.Process.ExitCode != FloorPlatform.Success)
            return new KvmAnswer(false, $"{Dead}: {said}") { IsLasting = true };
        return _platform.WhyFailed(exit.Process.ExitCode, log) is { } failure
            ? new KvmAnswer(false, $"{Dead}: {LastLine(console) ?? failure}")
            : new KvmAnswer(true, "a guest ran under it") { IsLasting = true };
    }

    private static string? WhyBadModel(QemuExit exit, BootLog log) =>
        log.Errors.Any(error => error.What == "no-tsc") ? log.Failure
        : exit.Error is { } said && (said.Contains("CPU model", StringComparison.Ordinal) || said.Contains("Property '", StringComparison.Ordinal)) ? said
        : null;

    private static BootLog Read(string console) => File.Exists(console)
        ? ConsoleParser.Read(console, "the probe's console", 0)
        : ConsoleParser.Parse([], "the probe's console", 0);

    private static string? LastLine(string console) =>
        File.Exists(console) ? File.ReadLines(console).LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim() : null;
}
