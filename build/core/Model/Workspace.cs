namespace SyscallBench.Model;

/// <summary>Where everything lives: the source tree, and below <c>artifacts/</c> what is made from it. All paths are absolute.</summary>
public sealed class Workspace(string root)
{
    private readonly string? _work;

    // Of a measurement that has boots, samples and results apart from those of a run.
    private string Aside { get; init; } = "";

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Everything that Clean may remove. Elsewhere than in the source tree only for builds that are compared with each other.</summary>
    public string Artifacts
    {
        get => field ?? Path.Combine(Root, "artifacts");
        init => field = Path.TrimEndingDirectorySeparator(Path.GetFullPath(value));
    }

    /// <summary>
    /// Where a run keeps what it measures: consoles, samples, results and its own state. Elsewhere than in the source tree where several machines
    /// share one tree and its images; nothing is built then.
    /// </summary>
    public string Work
    {
        get => _work ?? Root;
        init => _work = Path.TrimEndingDirectorySeparator(Path.GetFullPath(value));
    }

    /// <summary>The tree is another's: what a run needs is there, and is only read.</summary>
    public bool IsShared => _work is not null;

    public string BenchmarkSources => Path.Combine(Root, "bench-src", "benchmark");

    public string FloorSources => Path.Combine(Root, "bench-src", "floor");

    public string ElfloaderSources(string version) => Path.Combine(Root, "bench-src", "elfloader" + version);

    public string LinuxSources => Path.Combine(Root, "linux");

    /// <summary>
    /// Where make works: <c>artifacts/</c>, unless its path has a character that make and its makefiles cannot take (a space, a colon); then a
    /// folder of this tree's own below <c>~/.cache</c>.
    /// </summary>
    public string WorkDirectory => IsSafeForMake(Artifacts) ? Artifacts : Path.Combine(Cache, "syscall-bench", Sha256.Of(Artifacts)[..16]);

    public string Clones => Path.Combine(WorkDirectory, "clones");

    /// <summary>What came over the network as files; kept by Clean unless it is told <c>--all</c>.</summary>
    public string Downloads => Path.Combine(Artifacts, "downloads");

    /// <summary>Unpacked and patched kernel trees, one folder per source.</summary>
    public string KernelTrees => Path.Combine(WorkDirectory, "linux");

    /// <summary>One <c>&lt;step&gt;.json</c> per finished step.</summary>
    public string State => Path.Combine(Artifacts, "state");

    /// <summary>The same for the steps of a run, Parse and Process, and what the run found out about its machine.</summary>
    public string RunState => Path.Combine(IsShared ? Path.Combine(Work, "state") : State, Aside);

    public string LockFile => Path.Combine(IsShared ? Work : Artifacts, "lock");

    public string Logs => Path.Combine(Artifacts, "logs");

    public string LogOf(string step) => Path.Combine(Logs, step + ".log");

    public string Images => Path.Combine(Artifacts, "images");

    public string BenchmarkElf => Path.Combine(Images, "syscallbench");

    /// <summary>The floor guest, an ELF with a PVH note for QEMU's <c>-kernel</c>.</summary>
    public string FloorElf => Path.Combine(Images, "floor.elf");

    public string Initramfs => Path.Combine(Images, "initramfs.cpio");

    /// <summary>
    /// The Unikraft ELF loader, for QEMU's <c>-kernel</c>; it takes the benchmark as <c>-initrd</c>. Beside it lies the same ELF before it was stripped, <c>.dbg</c>: the names of its
    /// functions.
    /// </summary>
    public string Unikernel(string version) => Path.Combine(Images, "unikernel" + version);

    /// <summary>Half-finished work, on the same file system as what it becomes, so that a rename finishes it.</summary>
    public string Temporary => Path.Combine(WorkDirectory, "tmp");

    /// <summary>The kernel of one source (<c>debian-6.1</c>) and its configuration.</summary>
    public string KernelImages(string name) => Path.Combine(Images, "linux-" + name);

    public string CompilerCache => Path.Combine(WorkDirectory, "ccache");

    public string Program => Path.Combine(Artifacts, "dotnet");

    public string Tools => Path.Combine(Root, "tools");

    public string Evaluation => Path.Combine(Work, "eval", Aside);

    public string RawEvaluation => Path.Combine(Evaluation, "raw");

    public string ParsedEvaluation => Path.Combine(Evaluation, "parsed");

    public string ImportedEvaluation => Path.Combine(Evaluation, "imported");

    public string Results => Path.Combine(Work, "results", Aside);

    public string ResultsFile => Path.Combine(Results, "results.json");

    public string ExplanationFile => Path.Combine(Results, "explain.json");

    public string ImportedResults => Path.Combine(Results, "imported");

    public string MergedResults => Path.Combine(Results, "merged");

    public string Baselines => Path.Combine(Results, "baselines");

    /// <summary>The last comparison as Markdown, for the summary of a CI run.</summary>
    public string ComparisonSummary => Path.Combine(Results, "compare.md");

    public static bool IsSafeForMake(string path) =>
        path.All(character => char.IsAsciiLetterOrDigit(character) || "/._-+@,".Contains(character, StringComparison.Ordinal));

    /// <summary>The same tree with its boots, samples and results in folders of this name beside the run's own.</summary>
    public Workspace Beside(string name) => IsShared
        ? new(Root) { Artifacts = Artifacts, Work = Work, Aside = name }
        : new(Root) { Artifacts = Artifacts, Aside = name };

    /// <summary>The nearest folder above <paramref name="start"/> that holds <c>build.sh</c>.</summary>
    /// <exception cref="UserError">There is none: the program was copied out of its repository.</exception>
    public static Workspace Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "build.sh")))
                return new Workspace(folder.FullName);
        }

        throw new UserError($"no build.sh in or above {start}; start the program with the build.sh of its repository");
    }

    private static string Cache => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
        ? cache
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
