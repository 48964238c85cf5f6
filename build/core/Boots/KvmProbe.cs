using System.Globalization;
using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>
/// Finds out whether KVM works by booting the floor guest under it: a /dev/kvm that opens, and even a virtual CPU that can be made, prove nothing.
/// </summary>
public sealed class KvmProbe(QemuRunner qemu, ImageSet images, string program, string cpu)
{
    private const string Device = "/dev/kvm";

    /// <summary>A working KVM answers in a fraction of a second; a broken one may hang.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Why KVM cannot even be tried; null where its device opens.</summary>
    public static string? WhyClosed()
    {
        if (!File.Exists(Device))
            return $"KVM is not there: this machine has no {Device}";
        try
        {
            using var device = new FileStream(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return $"KVM may not be used: no permission to open {Device} (join its group: sudo usermod -aG kvm $USER, then log in again)";
        }
        catch (IOException error)
        {
            return $"KVM cannot be used: {Device} does not open ({error.Message})";
        }
    }

    /// <summary>Why no guest runs under KVM; null where one did.</summary>
    public async Task<string?> WhyUnusableAsync(CancellationToken cancellation)
    {
        var platform = new FloorRing3Platform();
        if (platform.Images.Select(images.WhyMissing).FirstOrDefault(reason => reason is not null) is { } missing)
            return $"KVM was not tried, because the floor guest that tries it is not there: {missing}";

        using var scratch = new SocketFolder();
        var console = scratch.Path("console");
        var settings = new GuestSettings
        {
            Accelerator = Accelerator.Kvm,
            Cpu = cpu,
            Benchmark = new BenchmarkArguments(Rounds: 1, Iterations: 1000, Warmup: 0),
            Images = images.Paths.ToDictionary(image => image.Key, image => Path.GetFullPath(image.Value)),
            Console = console,
            Qemu = program,
        };
        var exit = await qemu.RunAsync(platform.Command(settings), Pinning.NotNeeded, workingDirectory: null, Deadline, cancellation).ConfigureAwait(false);
        return Explain(platform, exit, console);
    }

    private string? Explain(FloorPlatform platform, QemuExit exit, string console)
    {
        const string Dead = $"{Device} opens, but no guest runs under it";
        if (exit.Process.TimedOut)
            return string.Create(CultureInfo.InvariantCulture, $"{Dead}: it did not answer within {Deadline.TotalSeconds:0} s");

        // QEMU's own words, when it gave up, say more than that the console is empty.
        var said = QemuMessages.Error(exit.Process.ErrorTail);
        if (said is not null && exit.Process.ExitCode != FloorPlatform.Success)
            return $"{Dead}: {said}";

        var log = Read(console);
        return platform.WhyFailed(exit.Process.ExitCode, log) is { } failure ? $"{Dead}: {LastLine(console) ?? failure}" : null;
    }

    private static BootLog Read(string console) => File.Exists(console)
        ? ConsoleParser.Read(console, "the probe's console", 0)
        : ConsoleParser.Parse([], "the probe's console", 0);

    private static string? LastLine(string console) =>
        File.Exists(console) ? File.ReadLines(console).LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim() : null;
}
