using SyscallBench.Boots;
using SyscallBench.Platforms;
using SyscallBench.Sources;

namespace SyscallBench.Build.Options;

/// <summary>Our own options. To add one: a line here, and a property of <see cref="BenchOptions"/>.</summary>
public static class BenchSwitches
{
    /// <summary>Names that <c>--platforms</c> takes, in the order of a table.</summary>
    public static IReadOnlyList<string> Platforms { get; } = [.. new PlatformCatalog().All.Select(platform => platform.Name)];

    /// <summary>Names that <c>--syscall</c> takes.</summary>
    public static IReadOnlyList<string> SystemCalls { get; } = [.. Syscalls.Measured.Select(call => call.Name)];

    /// <summary>What is measured when nobody says: <c>host</c> too, which needs no guest.</summary>
    public static IReadOnlyList<string> DefaultPlatforms { get; } = [.. new PlatformCatalog().Select(null).Select(platform => platform.Name)];

    public static IReadOnlyList<Option> All { get; } =
    [
        // First, so that the options below improve on it.
        Of("paper", null, "the paper's setting: Linux 5.11, KVM, 25 x 20 x 1,000,000", null, ["All", "BuildKernel", "Run"], (options, value) => value.Flag()
            ? options with { Kernels = [KernelChoice.Artifact], Accelerator = "kvm", Runs = 25, Rounds = 20, Iterations = 1_000_000 }
            : options),
        Of("mirror", "DIR-or-URL", "clone <mirror>/<owner>/<repo>.git instead of GitHub's", null, ["CloneDeps", "Reproduce"],
            (options, value) => options with { Mirror = value.UrlOrPath() }),
        Of("kernel", "KERNEL,…", "kernels: debian, a series of Debian's (6.12), a release of kernel.org (6.5.3), a tree or an image of yours", "debian", ["BuildKernel", "Reproduce"],
            (options, value) => options with { Kernels = value.Kernels() }),
        Of("kernel-fragment", "FILE", "kernel options that have the last word: the kernel is then no longer the faithful one", null, ["BuildKernel", "Verify"],
            (options, value) => options with { KernelFragment = value.FilePath() }),
        Of("toolchain", "auto|docker|podman|host", "what to compile in", "auto", ["BuildElfloader", "BuildBenchmark", "BuildFloor", "BuildKernel", "Reproduce"],
            (options, value) => options with { Toolchain = value.Choice() }),
        Of("jobs", "N", "parallel compilations, and boots under tcg", "one per core", ["BuildElfloader", "BuildKernel", "Run"],
            (options, value) => options with { Jobs = value.Count(1, 1024) }),
        Of("setup", "auto|never", "install missing host packages (as root, on Debian or Ubuntu), or only name them", "auto", ["Setup"],
            (options, value) => options with { Install = value.Choice() == "auto" }),
        Of("guest", "FILE,…", "guests that these JSON files describe, beside the platforms: bench-src/guests", null, ["Run", "Explain"],
            (options, value) => options with { GuestFiles = value.List("files, with commas between", file => (value with { Text = file }).FilePath()) }),
        Of("platforms", string.Join(',', Platforms), "rows to measure; one asked for here must succeed", "all but " + string.Join(", ", Platforms.Except(DefaultPlatforms)), ["Run", "Explain"],
            (options, value) => options with { Platforms = [.. options.Catalog.Select(value.Text).Select(platform => platform.Name)] }),
        // Behind --platforms, which it adds to.
        Of("stock", "RELEASE,…", "Debian's own kernels, mitigations on and off, calling getppid: 5.10,6.1,6.12.117", null, ["FetchKernels", "Run"],
            (options, value) => options with { Platforms = [.. options.Platforms ?? [], .. from release in value.List("releases such as 6.12 or 6.12.117", text => StockPlatform.IsRelease(text) ? text : null)
                from mitigations in (Mitigations[])[Mitigations.Off, Mitigations.On]
                select new StockPlatform(release, mitigations).Name] }),
        Of("switches", "FILE,…", "what Mitigations switches off, in this order: meltdown,spectre_v2", "all that the guest's CPU is affected by", ["Mitigations"],
            (options, value) => options with { Switches = value.List($"some of {string.Join(", ", MitigationSwitch.All.Where(each => each.Words is not null).Select(each => each.File))}", file => MitigationSwitch.Find(file)?.File) }),
        Of("runs", "N", "boots per platform", "25 under kvm, 3 under tcg", ["Run"],
            (options, value) => options with { Runs = value.Count(1, BootOptions.MostRuns) }),
        Of("rounds", "N", "timed loops per boot", "20", ["Run", "Mitigations"],
            (options, value) => options with { Rounds = value.Count(1, BenchmarkArguments.MostRounds) }),
        Of("iters", "N", "calls per timed loop", "1,000,000 under kvm, 100 under tcg, 10,000 on host", ["Run", "Mitigations"],
            (options, value) => options with { Iterations = value.Number(1, BenchmarkArguments.MostIterations) }),
        Of("warmup", "N", "rounds before those that count", null, ["Run", "Mitigations"],
            (options, value) => options with { Warmup = value.Count(0, BenchmarkArguments.MostWarmup) }),
        Of("accel", "auto|kvm|tcg", "what runs the guests", "auto", ["Run", "Mitigations", "Doctor", "Verify"],
            (options, value) => options with { Accelerator = value.Choice() }),
        Of("cpu", "MODEL,…", "QEMU's CPU models of the guests, each measured, with properties: EPYC-v1,+svm", null, ["Run", "Mitigations", "Explain", "Doctor", "Verify"],
            (options, value) => options with { Cpus = value.CpuModels() }),
        Of("syscall", string.Join(',', SystemCalls), "system calls to measure, where a platform has them", "noop", ["Run"],
            (options, value) => options with { Syscalls = value.List($"some of {string.Join(", ", SystemCalls)}", text => SystemCalls.FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase))) }),
        Of("seed", "N", "seed of the order of timed boots and of the bootstrap", null, ["Run", "Process", "Import"],
            (options, value) => options with { Seed = value.Seed() }),
        Of("deadline", "SECONDS", "ends a boot that takes longer", null, ["Run", "Mitigations", "Doctor", "Verify"],
            (options, value) => options with { Deadline = value.Seconds(86_400) }),
        Of("work", "DIR", "put eval/, results/ and state there, beside a checkout that is only read; with --exclusive", null, ["Run", "Parse", "Process"],
            (options, value) => options with { Work = value.FilePath() }),
        Of("nodes", "LIST", "machines to measure, as Slurm writes them: a,n[1-3]", "all of the partition", ["Fleet"],
            (options, value) => options with { Nodes = value.Text }),
        Of("constraint", "A,B", "instead of names: one machine for each of these features", null, ["Fleet"],
            (options, value) => options with { Constraint = value.List("features, with commas between", text => text) }),
        Of("partition", "NAME", "Slurm's partition", null, ["Fleet"],
            (options, value) => options with { Partition = value.Word() }),
        Of("wait", null, "stay until every machine is done, and merge", null, ["Fleet"],
            (options, value) => options with { Wait = value.Flag() }),
        Of("from", "DIR,DIR", "folders with a results.json, or with one for each machine", "results/fleet", ["Merge"],
            (options, value) => options with { From = value.List("folders, with commas between", folder => (value with { Text = folder }).FilePath()) }),
        Of("strict", null, "fail also when a default platform cannot be measured", null, ["Run", "Process"],
            (options, value) => options with { Strict = value.Flag() }),
        Of("color", "auto|always|never", "colours; auto: on a terminal, unless NO_COLOR or CI is set", null, [],
            (options, value) => options with { Color = value.Choice() }),
        Of("import", "DIR", "the eval folder of the artifact's tab_01_bincompat-syscalls, with linux.0 to unikraft.24", null, ["Import"],
            (options, value) => options with { Import = value.FilePath() }),
        Of("baseline", "FILE-or-NAME", "what to compare with", null, ["Compare"],
            (options, value) => options with { Baseline = value.Text }),
        Of("allow-missing", null, "a row of the baseline may be gone", null, ["Compare"],
            (options, value) => options with { AllowMissing = value.Flag() }),
        Of("save-baseline", "NAME", "keep the present results as a baseline", null, ["Compare"],
            (options, value) => options with { SaveBaseline = value.Word() }),
        Of("threshold", "PERCENT", "smallest change that counts, such as 2%", null, ["Compare"],
            (options, value) => options with { Threshold = value.Fraction() }),
        Of("diff", "A,B", "two platforms, or two saved explain.json, to compare by function", null, ["Explain"],
            (options, value) => options with { Diff = value.Pair([.. options.Catalog.All.OfType<GuestPlatform>().Select(platform => platform.Name)]) }),
        Of("json", null, "print JSON instead of text", null, ["Doctor", "Compare"],
            (options, value) => options with { Json = value.Flag() }).Quietly(),
        Of("tune", "show|pin|restore", "the CPU's frequency: look, pin, or put back what was there", "show", ["Tune"],
            (options, value) => options with { Tune = value.Choice() }),
        Of("sysfs", "DIR", "stands for /sys, to try it on a copy", null, ["Tune"],
            (options, value) => options with { Sysfs = value.FilePath() }),
        Of("all", null, "remove downloads too", null, ["Clean"],
            (options, value) => options with { CleanAll = value.Flag() }),
    ];

    private static Option Of(
        string name, string? form, string description, string? byDefault, string[] targets, Func<BenchOptions, OptionValue, BenchOptions> apply) =>
        new(name, form, description)
        {
            Default = byDefault,
            // What Run is told, each machine of a fleet is.
            Targets = targets.Contains("Run") ? [.. targets, "Fleet"] : targets,
            Apply = (line, value) => line with { Options = apply(line.Options, value) },
        };

    // JSON is for programs: nothing else goes to standard output, unless --verbosity asks for it.
    private static Option Quietly(this Option option) => option with
    {
        Apply = (line, value) => option.Apply(value.Flag() ? line with { Verbosity = "quiet" } : line, value),
    };
}
