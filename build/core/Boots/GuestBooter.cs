using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>Boots guests in QEMU.</summary>
/// <param name="qemu">Runs it.</param>
/// <param name="parameters">What every boot gets.</param>
/// <param name="images">Where the images are.</param>
/// <param name="root">Top of the source tree: QEMU runs there and gets paths relative to it, which are short and hold no character that its options
/// would cut at.</param>
/// <param name="program">Name or path of QEMU.</param>
/// <param name="version">Its version.</param>
/// <param name="pinning">Where vCPUs run; null where it does not matter.</param>
public sealed class GuestBooter(
    QemuRunner qemu, BootParameters parameters, ImageSet images, string root, string program, string version, Pinning? pinning) : IBooter
{
    public bool Takes(Platform platform) => platform is GuestPlatform;

    /// <summary>
    /// The command line with names in the place of paths says it all: accelerator, CPU model, devices, kernel's and benchmark's arguments.
    /// </summary>
    public IReadOnlyDictionary<string, string> Inputs(PlannedBoot boot)
    {
        var names = boot.Platform.Images.ToDictionary(image => image, image => $"<{image.Name()}>");
        var command = Command(boot, names, "<console>");
        return new Dictionary<string, string>
        {
            ["arguments"] = command.Append ?? "",
            ["qemu.command"] = string.Join(' ', (command with { Append = null }).ToArguments()),
            ["qemu.version"] = version,
        };
    }

    public async Task<BootRun> RunAsync(PlannedBoot boot, string console, TimeSpan deadline, CancellationToken cancellation)
    {
        var paths = boot.Platform.Images.ToDictionary(image => image, image => FromRoot(images.Paths[image]));
        var command = Command(boot, paths, FromRoot(console));
        var exit = await qemu.RunAsync(command, pinning, root, deadline, cancellation).ConfigureAwait(false);
        return new BootRun([command.Program, .. command.ToArguments()], exit.Process, exit.Pinning, exit.Facts);
    }

    private QemuCommand Command(PlannedBoot boot, IReadOnlyDictionary<Image, string> paths, string console) =>
        ((GuestPlatform)boot.Platform).Command(Settings(boot, paths, console));

    private GuestSettings Settings(PlannedBoot boot, IReadOnlyDictionary<Image, string> paths, string console) => new()
    {
        Accelerator = parameters.Accelerator,
        Cpu = parameters.Cpu,
        Benchmark = parameters.Benchmark(boot.Platform),
        Images = paths,
        Console = console,
        Qemu = program,

        // Boots differ in what a guest may leave to chance, and still every run gives the same counts.
        Seed = boot.Boot + 1,
    };

    private string FromRoot(string path)
    {
        var relative = Path.GetRelativePath(root, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path) : relative;
    }
}
