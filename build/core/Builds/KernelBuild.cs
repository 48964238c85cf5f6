using System.Globalization;
using SyscallBench.Fingerprints;
using SyscallBench.Sources;
using SyscallBench.Toolchains;

namespace SyscallBench.Builds;

/// <summary>BuildKernel: Linux with system call 500, as <c>linux/README.md</c> builds it by hand.</summary>
public sealed class KernelBuild(Workspace workspace, IToolchain toolchain, KernelSource source)
{
    private const string Steps = "steps";
    private static readonly TimeSpan _deadline = TimeSpan.FromHours(2);

    private readonly KernelTree _tree = new(workspace, toolchain, source);
    private readonly KernelConfiguration _configuration = new(Path.Combine(workspace.LinuxSources, "config"), source.Series);
    private int _done;

    /// <summary>How many compilers run at once.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Use ccache where the toolchain has it.</summary>
    public bool UseCompilerCache { get; init; } = true;

    /// <summary>Called for each file that is compiled.</summary>
    public Action<BuildProgress>? OnProgress { get; init; }

    private string Name => $"linux-{source.Name}";

    private string Log => StepRunner.LogOf(workspace, Name);

    /// <exception cref="UserError">The patch does not fit, an option was not granted, or the compiler failed.</exception>
    public async Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var identity = await toolchain.IdentifyAsync(cancellation);
        var ledger = new StepLedger(workspace);
        var inputs = _tree.AddTo(ledger.NewFingerprint()).AddToolchain(identity);
        foreach (var fragment in _configuration.Fragments)
            inputs.AddFile(Path.GetFileName(fragment), fragment);

        var facts = new Dictionary<string, string>(identity.Versions) { ["source"] = source.Pin };
        var images = workspace.KernelImages(source.Name);
        return await new StepRunner(workspace, ledger).RunAsync(
            new StepPlan
            {
                Name = Name,
                Inputs = inputs,
                Outputs = [Path.Combine(images, "bzImage"), Path.Combine(images, "config")],
                Build = (staging, token) => BuildAsync(staging, facts, token),
                Facts = () => facts,
            },
            cancellation);
    }

    private async Task BuildAsync(string staging, Dictionary<string, string> facts, CancellationToken cancellation)
    {
        await _tree.PrepareAsync(Log, cancellation);
        var output = Path.Combine(Path.GetDirectoryName(_tree.Folder)!, "build-" + toolchain.Name);
        Directory.CreateDirectory(output);
        var room = toolchain.Open(new BuildPlaces
        {
            What = "the kernel",
            Sources = new Dictionary<string, string> { ["linux"] = _tree.Folder },
            Output = output,
            Log = Log,
            Cache = UseCompilerCache ? workspace.CompilerCache : null,
        });

        AtomicFile.Write(Path.Combine(output, "requested.config"), _configuration.Text);
        await room.RunAsync(Make(room, $"KCONFIG_ALLCONFIG={room.Output}/requested.config", "allnoconfig"), cancellation);
        CheckGranted(Path.Combine(output, ".config"), facts);

        var total = new StepLedger(workspace).Read(Name)?.Facts.GetValueOrDefault(Steps);
        var build = Make(room, string.Create(CultureInfo.InvariantCulture, $"-j{Jobs}"), "bzImage");
        await room.RunAsync(build with { OnLine = line => Count(line, total), Deadline = _deadline }, cancellation);

        File.Copy(Path.Combine(output, "arch", "x86", "boot", "bzImage"), Path.Combine(staging, "bzImage"));
        File.Copy(Path.Combine(output, ".config"), Path.Combine(staging, "config"));
        facts["release"] = File.ReadAllText(Path.Combine(output, "include", "config", "kernel.release")).Trim();
        facts[Steps] = _done.ToString(CultureInfo.InvariantCulture);
    }

    private static BuildCommand Make(IBuildRoom room, params IEnumerable<string> arguments)
    {
        string[] compiler = room.Cache is null ? [] : ["CC=ccache gcc", "HOSTCC=ccache gcc"];
        return new BuildCommand(["make", "-C", room.Source("linux"), $"O={room.Output}", .. compiler, .. arguments]);
    }

    private void CheckGranted(string config, Dictionary<string, string> facts)
    {
        var missing = KernelConfiguration.NotGranted(_configuration.Text, File.ReadAllText(config));
        if (missing.Count == 0)
            return;
        var names = string.Join(", ", missing);
        if (_configuration.IsExact)
            throw new UserError($"the kernel's configuration did not grant {names}: its dependencies changed; see linux/README.md");
        facts["not granted"] = names;
    }

    // make's short lines have an action in capitals first: "  CC      kernel/fork.o".
    private void Count(string line, string? total)
    {
        if (!line.StartsWith("  ", StringComparison.Ordinal) || line.Length < 3 || !char.IsAsciiLetterUpper(line[2]))
            return;
        _done++;
        OnProgress?.Invoke(new BuildProgress(_done, total is null ? null : int.Parse(total, CultureInfo.InvariantCulture)));
    }
}
