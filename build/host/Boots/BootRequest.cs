using SyscallBench.Boots;
using SyscallBench.Build.Options;
using SyscallBench.Builds;
using SyscallBench.Doctor;
using SyscallBench.Fleet;
using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Build.Boots;

/// <summary>From a context to what core asks for: options, images, provenance.</summary>
internal static class BootRequest
{
    private const ulong DefaultSeed = 1;

    public static BootSession Session(BenchContext context, IBootProgress progress) =>
        Session(context, Options(context.Options, context.Kernels), context.Workspace, (guests, native) => ExamineAsync(context, guests, native), progress);

    /// <param name="workspace">Where boots are kept.</param>
    public static BootSession Session(BenchContext context, BootOptions options, Workspace workspace, MachineExam exam, IBootProgress progress) => new(
        options with { KernelNote = OriginReader.KernelNote(context.Workspace, Builds(context)) },
        Images(context), workspace, context.Services.Processes, new StepLedger(context.Workspace, context.Workspace.RunState).Hasher, () => Origin(context), exam, progress);

    public static KvmProbe Probe(BenchContext context) =>
        new(new QemuRunner(context.Services.Processes, new SystemFiles()), Images(context), QemuCommand.DefaultProgram, context.Options.Cpus?[0], context.Options.Deadline);

    public static BootOptions Options(BenchOptions options, IReadOnlyList<KernelChoice> kernels)
    {
        var platforms = options.Selected;
        return new BootOptions
        {
            Platforms = platforms,
            Required =
            [
                .. options.Platforms ?? [],
                .. options.Guests.Select(guest => guest.Name),
                // A kernel that was asked for, too.
                .. platforms.Where(platform => options.Strict || (!options.Kernels.SequenceEqual(BenchOptions.DefaultKernels) && platform.Images.Contains(Image.Kernel))).Select(platform => platform.Name),
            ],
            Kernels = [.. kernels.Select(kernel => kernel.Name)],
            Accelerator = Accelerators.Parse(options.Accelerator),
            Runs = options.Runs,
            Rounds = options.Rounds,
            Iterations = options.Iterations,
            Warmup = options.Warmup,
            Cpus = options.Cpus,
            Calls = options.Syscalls is { } calls ? [.. calls.Select(name => Syscalls.Measured.First(call => call.Name == name))] : null,
            Seed = options.Seed ?? DefaultSeed,
            Deadline = options.Deadline,
            Jobs = options.Jobs ?? Environment.ProcessorCount,
        };
    }

    public static ImageSet Images(BenchContext context)
    {
        var images = new ImageSet()
            .Add(Image.Benchmark, context.Workspace.BenchmarkElf)
            .Add(Image.Initramfs, context.Workspace.Initramfs)
            .Add(Image.Floor, context.Workspace.FloorElf);
        foreach (var unikraft in context.Options.Catalog.All.OfType<UnikraftPlatform>())
            images.Add(unikraft.Images[0], context.Workspace.Unikernel(unikraft.Pin.Suffix));
        foreach (var kernel in context.Kernels)
        {
            var image = Image.KernelOf(kernel.Name);
            if (CurrentKernel.Find(context.Workspace, context.Options.BuildOf(kernel)) is { } built)
                images.Add(image, built.Image);
            if (context.Missing.TryGetValue(kernel.Title, out var reason))
                images.AddMissing(image, reason);
        }

        foreach (var platform in context.Platforms)
        {
            if (platform is StockPlatform stock && context.StockKernels.Find(stock.Release) is { } kept)
                images.Add(platform.Images[0], kept.Image);
            foreach (var (image, path) in (platform as GuestPlatform)?.Files ?? new Dictionary<Image, string>())
                images.Add(image, path);
            if (context.Missing.TryGetValue(platform.Name, out var reason))
                images.AddMissing(platform.Images[0], reason);
        }

        return images;
    }

    /// <summary>
    /// What the examination of the machine noticed, to be kept with the results. Looked at before the first boot: afterwards the machine's load would be
    /// that of our own boots.
    /// </summary>
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(BenchContext context, Accelerator? guests, bool native)
    {
        var request = DoctorRequest.Of(context.Workspace, context.Services.Processes) with { Watch = TimeSpan.Zero };
        var report = DoctorExam.Judge(await MachineState.ReadAsync(new SystemFiles(), request, context.Cancellation), DoctorExam.BesideRun);
        var measured = guests switch { null => Measurement.None, Accelerator.Tcg => Measurement.Tcg, _ => Measurement.Kvm };
        return [.. report.FindingsFor(measured | (native ? Measurement.Host : Measurement.None))];
    }

    private static Dictionary<string, string> Builds(BenchContext context) => context.Kernels.ToDictionary(kernel => kernel.Name, context.Options.BuildOf);

    /// <summary>Who runs it, with what, and where.</summary>
    private static RunOrigin Origin(BenchContext context)
    {
        var origin = OriginReader.Read(context.Workspace, Builds(context));
        var stock = context.Platforms.OfType<StockPlatform>().DistinctBy(platform => platform.Release)
            .Select(platform => (Name: platform.Images[0].Name, Kernel: context.StockKernels.Find(platform.Release)));
        var unikraft = context.Platforms.OfType<UnikraftPlatform>().SelectMany(platform => platform.Pin.Repositories).Select(pin => KeyValuePair.Create(pin.Folder, pin.Commit));
        return origin with
        {
            Pins = origin.Pins.Concat(unikraft).Concat(stock.Where(each => each.Kernel is not null).Select(each => KeyValuePair.Create(each.Name, $"{each.Kernel}"))).ToDictionary(),
            Program = ProgramVersion.Program,
            Commit = context.Commit,
            Tools = new Dictionary<string, string>(origin.Tools) { ["cake"] = ProgramVersion.Cake },
            CommandLine = ["./build.sh", .. context.CommandLine.Typed],
        };
    }

    public static LogImport Import(BenchContext context)
    {
        var folder = context.Options.Import ?? throw new UsageError("Import needs --import=DIR, the eval folder of the artifact's tab_01_bincompat-syscalls");
        return new LogImport(context.Workspace, folder, Provenance(context), ["./build.sh", .. context.CommandLine.Typed]);
    }

    public static ResultsMerge Merge(BenchContext context, IReadOnlyList<string> folders) =>
        new(context.Workspace.MergedResults, [.. folders.SelectMany(MachineFolder.In)], Provenance(context), ["./build.sh", .. context.CommandLine.Typed]);

    public static ProvenanceReader Provenance(BenchContext context) => new(ProgramVersion.Program, () => context.Commit, context.Options.Seed ?? DefaultSeed);
}
