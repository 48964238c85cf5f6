using System.Diagnostics;
using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>BuildKernel: Linux with system call 500, as <c>linux/README.md</c> builds it by hand.</summary>
public sealed class KernelBuild(Workspace workspace, IToolchain toolchain, KernelSource source)
{
    /// <summary>Fact of a build: the options of <see cref="ExtraFragment"/>.</summary>
    public const string ExtraFact = "extra configuration";

    /// <summary>Fact of a whole build: how many seconds it took.</summary>
    public const string TimeFact = "seconds";

    // Fact of a whole build: how many C files it compiled. Our configuration of 6.1 has so many; another's first build is nearly as long.
    private const string Files = "files";
    private const int UsualFiles = 674;

    private static readonly TimeSpan _deadline = TimeSpan.FromHours(2);

    private static readonly string[] _makeOptions =
    [
        // With GCC 12 and newer, objtool of Linux before 5.17 stops on a warning about a library of its own.
        "WERROR=0",
        // A return in the lower half of a cache line costs one instruction more where the processor has the ITS bug. Aligned, where it lies depends on
        // its own function only, and not on all that is linked before it: see linux/README.md.
        "KCFLAGS=-falign-functions=64",
        // Linux 6.1 looks for exported local symbols in each object, by nm and awk: a twentieth of the build, for what the author of a patch wants to know.
        "cmd_check_local_export=:",
    ];

    private readonly KernelTree _tree = new(workspace, toolchain, source);

    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Absolute path of a configuration fragment that has the last word; null for none. The image gets a place of its own, so that the faithful one stays.
    /// </summary>
    public string? ExtraFragment { get; init; }

    /// <summary>Use ccache where the toolchain has it.</summary>
    public bool UseCompilerCache { get; init; } = true;

    /// <summary>Told of each C file that is compiled how many were, and of how many; null where a build is gone on with.</summary>
    public Action<long, long?>? OnProgress { get; init; }

    private string Variant => ExtraFragment is null ? "" : "-custom";

    private string Name => $"linux-{source.Name}{Variant}";

    private string Log => workspace.LogOf(Name);

    /// <exception cref="UserError">The patch does not fit, an option was not granted, or the compiler failed.</exception>
    public async Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var configuration = new KernelConfiguration(Path.Combine(workspace.LinuxSources, "config"), source.Series, ExtraFragment);
        var identity = await toolchain.IdentifyAsync(cancellation);
        var ledger = new StepLedger(workspace);
        var inputs = identity.AddTo(_tree.AddTo(ledger.NewFingerprint())).Add("make options", string.Join(' ', _makeOptions));
        foreach (var fragment in configuration.Fragments.Append(configuration.Selects))
            inputs.AddFile(fragment == ExtraFragment ? "extra configuration" : Path.GetFileName(fragment), fragment);

        var facts = new Dictionary<string, string>(identity.Versions) { ["source"] = source.Pin };
        if (ExtraFragment is not null)
            facts[ExtraFact] = KernelConfiguration.OptionsOf(await File.ReadAllTextAsync(ExtraFragment, cancellation));
        var outputs = new[] { "bzImage", "config", "System.map" }.Select(file => Path.Combine(workspace.KernelImages(source.Name + Variant), file));
        return await ledger.RunAsync(
            Name, inputs, [.. outputs], (staging, token) => BuildAsync(staging, inputs, configuration, facts, token), facts, cancellation);
    }

    private async Task BuildAsync(string staging, Fingerprint inputs, KernelConfiguration configuration, Dictionary<string, string> facts, CancellationToken cancellation)
    {
        await _tree.PrepareAsync(Log, cancellation);
        // One folder whatever the options: make compiles again what depends on those that changed, and objtool knows its own path.
        var output = Path.Combine(Path.GetDirectoryName(_tree.Folder)!, "build-" + toolchain.Name);
        Directory.CreateDirectory(output);
        var cache = UseCompilerCache ? Path.Combine(workspace.CompilerCache, toolchain.Name) : null;
        var sandbox = toolchain.Open(new BuildFolders("the kernel", new Dictionary<string, string> { ["linux"] = _tree.Folder }, output, Log, cache));

        AtomicFile.Write(Path.Combine(output, "requested.config"), configuration.Text);
        AtomicFile.Write(Path.Combine(output, "Kconfig"), File.ReadAllText(Path.Combine(_tree.Folder, "Kconfig")) + File.ReadAllText(configuration.Selects));
        await sandbox.RunAsync(Make(sandbox, $"KCONFIG_ALLCONFIG={sandbox.Output}/requested.config", "allnoconfig"), cancellation);
        CheckGranted(configuration, Path.Combine(output, ".config"), facts);

        var before = new StepLedger(workspace).Read(Name);
        if (!IsBuilt(output, before, inputs))
            await CompileAsync(sandbox, output, before, facts, cancellation);
        File.Copy(ImageIn(output), Path.Combine(staging, "bzImage"));
        File.Copy(Path.Combine(output, ".config"), Path.Combine(staging, "config"));
        File.Copy(Path.Combine(output, "System.map"), Path.Combine(staging, "System.map"));
        facts["release"] = File.ReadAllText(Path.Combine(output, "include", "config", "kernel.release")).Trim();
    }

    // What an older version of this program did not keep of a build, its folder may still have.
    private static bool IsBuilt(string output, StepState? before, Fingerprint inputs)
        => before is not null
            && Fingerprint.FirstDifference(before.Inputs, inputs.Inputs) is null
            && File.Exists(ImageIn(output))
            && before.Outputs.Values.Contains(FileHasher.Of(ImageIn(output)));

    private async Task CompileAsync(IBuildSandbox sandbox, string output, StepState? before, Dictionary<string, string> facts, CancellationToken cancellation)
    {
        // How much is left of a build that is there already, make does not say: what was counted of a whole one would be too much.
        var isWhole = !File.Exists(ImageIn(output));
        var known = before?.Facts.GetValueOrDefault(Files);
        int? total = !isWhole ? null : int.TryParse(known, CultureInfo.InvariantCulture, out var files) ? files : UsualFiles;
        var done = 0;
        var watch = Stopwatch.StartNew();
        await sandbox.RunAsync(Make(sandbox, "bzImage") with { OnLine = Count, Deadline = _deadline }, cancellation);
        if (isWhole)
            (facts[Files], facts[TimeFact]) = (done.ToString(CultureInfo.InvariantCulture), watch.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
        else if (known is not null)
            (facts[Files], facts[TimeFact]) = (known, before!.Facts.GetValueOrDefault(TimeFact, ""));

        void Count(string line)
        {
            if (line.StartsWith("  CC ", StringComparison.Ordinal))
                OnProgress?.Invoke(++done, total is null ? null : Math.Max(done, total.Value));
        }
    }

    private static string ImageIn(string output) => Path.Combine(output, "arch", "x86", "boot", "bzImage");

    private ProcessRequest Make(IBuildSandbox sandbox, params IEnumerable<string> arguments)
    {
        string[] compiler = sandbox.Cache is null ? [] : ["CC=ccache gcc", "HOSTCC=ccache gcc"];
        string[] folders = ["-C", sandbox.Source("linux"), $"O={sandbox.Output}", $"KBUILD_KCONFIG={sandbox.Output}/Kconfig"];
        return new ProcessRequest("make", [.. folders, string.Create(CultureInfo.InvariantCulture, $"-j{Jobs}"), .. _makeOptions, .. compiler, .. arguments]);
    }

    private void CheckGranted(KernelConfiguration configuration, string config, Dictionary<string, string> facts)
    {
        var granted = File.ReadAllText(config);
        var missing = KernelConfiguration.NotGranted(configuration.Text, granted);
        if (missing.Count == 0)
            return;

        // A release of the series from before a mitigation has no option for it; the distribution's own image of that release had it no more.
        var options = new KernelOptions(_tree.Folder);
        var known = missing.Where(options.Knows).Select(line => options.WithNeeds(line, granted)).ToList();
        if (known.Count > 0 && configuration.IsExact)
            throw new UserError($"the kernel's configuration did not grant {string.Join(", ", known)}; see linux/README.md");
        facts["not granted"] = string.Join(", ", missing.Select(line => options.WithNeeds(line, granted)));
    }
}
