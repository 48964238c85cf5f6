using System.Reflection;
using SyscallBench.Boots;
using SyscallBench.Builds;
using SyscallBench.Doctor;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Steps;

namespace SyscallBench.Build.Boots;

/// <summary>From a context to what core asks for: options, images, provenance.</summary>
internal static class BootRequest
{
    private const ulong DefaultSeed = 1;

    public static BootOptions Options(BenchContext context)
    {
        var options = context.Options;
        return new BootOptions
        {
            Platforms = new PlatformCatalog().Select(options.Platforms is { } names ? string.Join(',', names) : null),
            Accelerator = Accelerators.Parse(options.Accelerator),
            Runs = options.Runs,
            Rounds = options.Rounds,
            Iterations = options.Iterations,
            Warmup = options.Warmup,
            Cpu = options.Cpu,
            Seed = options.Seed ?? DefaultSeed,
            Deadline = options.Deadline,
        };
    }

    public static ImageSet Images(BenchContext context)
    {
        var images = new ImageSet()
            .Add(Image.Benchmark, context.Workspace.BenchmarkElf)
            .Add(Image.Initramfs, context.Workspace.Initramfs)
            .Add(Image.Floor, context.Workspace.FloorElf)
            .Add(Image.Unikernel, context.Workspace.Unikernel);
        if (CurrentKernel.Find(context.Workspace, context.Options.KernelName) is { } kernel)
            images.Add(Image.Kernel, kernel.Image);
        if (context.Missing.TryGetValue("unikraft", out var unikraft))
            images.AddMissing(Image.Unikernel, unikraft);
        if (context.Missing.TryGetValue("linux", out var linux))
            images.AddMissing(Image.Kernel, linux);
        return images;
    }

    /// <summary>
    /// What the examination of the machine noticed, to be kept with the results. Looked at before the first boot: afterwards the machine's load would be
    /// that of our own boots.
    /// </summary>
    public static async Task<DoctorReport> ExamineAsync(BenchContext context)
    {
        var request = new DoctorSetup(context.Workspace, context.Services.Processes, new SystemFiles()).Request() with { Watch = TimeSpan.Zero, Kvm = null };
        return await new DoctorExam(DoctorExam.BesideRun).RunAsync(new SystemFiles(), request, context.Cancellation);
    }

    /// <summary>Adds what only the host knows.</summary>
    /// <param name="context">What was asked for.</param>
    /// <param name="run">What was measured.</param>
    /// <param name="machine">The machine as it was when the boots were made.</param>
    public static RunRecord Complete(BenchContext context, RunRecord run, DoctorReport machine) => run with
    {
        CommandLine = ["./build.sh", .. context.CommandLine.Typed],
        Findings =
        [
            .. run.Findings,
            .. machine.FindingsFor(
                (run.Unit == Unit.Cycles ? Measurement.Kvm : Measurement.Tcg) | (run.Platforms.Any(platform => platform.Platform == "host") ? Measurement.Host : Measurement.None)),
        ],
    };

    /// <summary>Rows of a kernel that is not the faithful one say so.</summary>
    public static RunRecord NoteKernel(BenchContext context, RunRecord run)
    {
        var kernel = CurrentKernel.Find(context.Workspace, context.Options.KernelName);
        return kernel is null || new StepLedger(context.Workspace).Read(kernel.Step)?.Facts.GetValueOrDefault(KernelBuild.ExtraFact) is not { } extra
            ? run
            : run with { Platforms = [.. run.Platforms.Select(platform => IsLinux(platform) ? platform with { ScallNote = $"kernel with {extra}" } : platform)] };

        static bool IsLinux(PlatformRun platform) => new PlatformCatalog().Select(platform.Platform) is [LinuxPlatform];
    }

    /// <summary>Not to have measured what was asked for by name, or strictly, is a failure.</summary>
    public static RunRecord Require(BenchContext context, RunRecord run)
    {
        var asked = context.Options.Platforms ?? [];
        return run with { Platforms = [.. run.Platforms.Select(platform => platform with { Required = context.Options.Strict || asked.Contains(platform.Platform) })] };
    }

    public static LogImport Import(BenchContext context)
    {
        var (program, commit) = Version;
        return new LogImport(context.Workspace, new ImportedLogs(context.Options.Import ?? throw new UsageError("Import needs --import=DIR, the eval folder of the artifact's tab_01_bincompat-syscalls")))
        {
            Program = program,
            Commit = commit,
            CommandLine = ["./build.sh", .. context.CommandLine.Typed],
            Seed = context.Options.Seed ?? DefaultSeed,
        };
    }

    public static ProvenanceReader Provenance(BenchContext context)
    {
        var (program, commit) = Version;
        return new ProvenanceReader(context.Workspace, new SystemFiles())
        {
            Program = program,
            Commit = commit,
            Seed = context.Options.Seed ?? DefaultSeed,
            Kernel = context.Options.KernelName,
        };
    }

    private static (string Program, string? Commit) Version =>
        typeof(BootRequest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') switch
        {
            [var program, var commit, ..] => (program, commit),
            [var program] => (program, null),
            _ => ("unknown", null),
        };
}
