using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Boots;

/// <summary>Runs the benchmark once on platforms of one kind.</summary>
public interface IBooter
{
    /// <summary>Everything that the boots of a case have to have in common.</summary>
    /// <param name="hashes">SHA-256 of the images it boots, by name.</param>
    Setting SettingOf(BootCase boots, IReadOnlyDictionary<string, string> hashes);

    /// <summary>Boots once, to the end.</summary>
    /// <param name="console">File that receives the console.</param>
    /// <param name="deadline">After this the boot is ended.</param>
    /// <exception cref="UserError">A program that is needed is not there.</exception>
    Task<BootRun> RunAsync(PlannedBoot boot, string console, TimeSpan deadline, CancellationToken cancellation);
}

/// <summary>How a boot went, before its console is judged.</summary>
/// <param name="CommandLine">The program, then its arguments.</param>
/// <param name="Error">Why the program gave up, in its own words; null where it said nothing of the kind.</param>
public sealed record BootRun(IReadOnlyList<string> CommandLine, ProcessResult Process, string? Error)
{
    /// <summary>QEMU stopped the guest, which could not go on, and was ended for it.</summary>
    public bool Stopped { get; init; }

    /// <summary>Where it ran; null where that does not matter.</summary>
    public Pinning? Pinning { get; init; }

    public BootFacts Facts { get; init; } = new();

    /// <summary>What ended the program before it was done, which explains whatever the console lacks; null where it ended by itself.</summary>
    public string? WhyEnded
    {
        get
        {
            var words = Error is null ? "" : $": {Error}";
            return Stopped ? $"the guest could not go on{words}"
                : Process.TimedOut ? Process.Describe()
                : Signals.OfExitCode(Process.ExitCode) is { } signal ? $"{Process.Program} was ended by {signal}{words}"
                : null;
        }
    }
}

/// <summary>Boots guests in QEMU.</summary>
/// <param name="root">Top of the source tree: QEMU runs there and gets paths relative to it, which are short and hold no character that its options
/// would cut at.</param>
/// <param name="program">Name or path of QEMU.</param>
/// <param name="version">Its version.</param>
/// <param name="pinning">Where vCPUs run; null where it does not matter.</param>
public sealed class GuestBooter(
    QemuRunner qemu, Accelerator accelerator, ImageSet images, string root, string program, string version, Pinning? pinning, SystemFiles files) : IBooter
{
    // Boots differ in what a guest may leave to chance, and still every run gives the same counts.
    private const int FirstSeed = 1;

    public Setting SettingOf(BootCase boots, IReadOnlyDictionary<string, string> hashes)
    {
        var command = Command(boots, image => $"<{image.Name}>", "<console>", FirstSeed);
        return new Setting
        {
            Platform = boots.Platform.Name,
            Accelerator = accelerator,
            Cpu = boots.Cpu,
            Rounds = boots.Benchmark.Rounds,
            Iterations = boots.Benchmark.Iterations,
            Warmup = boots.Benchmark.Warmup,
            Hashes = hashes,
            Arguments = command.Append ?? "",
            Qemu = version,
            QemuArguments = string.Join(' ', (command with { Append = null }).ToArguments()),
            Machine = pinning is null ? null : MachineSettings.Read(files, pinning),
        };
    }

    public Task<BootRun> RunAsync(PlannedBoot boot, string console, TimeSpan deadline, CancellationToken cancellation)
    {
        var command = Command(boot.Case, image => FromRoot(images.Paths[boot.Case.Of(image)]), FromRoot(console), FirstSeed + boot.Boot);
        return qemu.RunAsync(command, pinning, root, deadline, cancellation);
    }

    private QemuCommand Command(BootCase boots, Func<Image, string> pathOf, string console, int seed)
    {
        var platform = (GuestPlatform)boots.Platform;
        return platform.Command(new GuestSettings(accelerator, boots.Cpu, boots.Benchmark, platform.Images.ToDictionary(image => image, pathOf), console) { Qemu = program, Seed = seed });
    }

    private string FromRoot(string path)
    {
        var relative = Path.GetRelativePath(root, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path) : relative;
    }
}

/// <summary>Reads the part of a setting that is this machine's.</summary>
internal static class MachineSettings
{
    public static MachineSetting Read(SystemFiles files, Pinning pinning)
    {
        var host = HostFacts.Read(files);
        return new MachineSetting
        {
            Cpu = host.Cpu.Model,
            Microcode = host.Cpu.KnownMicrocode,
            Kernel = $"{host.Kernel} {files.Read("/proc/sys/kernel/version")}",
            Parameters = host.Parameters,
            Governor = host.Frequency.Governors,
            FrequencyLimits = host.Frequency.Limits,
            Turbo = HostFacts.OnOff(host.Frequency.Turbo),
            Smt = HostFacts.OnOff(host.Smt),
            Pinned = pinning.Cpu is not null,
            Core = pinning.Core,
        };
    }
}
