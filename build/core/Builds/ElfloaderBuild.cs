using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>BuildElfloader: the Unikraft unikernel that loads the benchmark, as <c>bench-src/elfloader/README.md</c> builds it by hand.</summary>
public sealed class ElfloaderBuild(Workspace workspace, IToolchain toolchain, IGitClient git, UnikraftPin pin)
{
    private const string Elfloader = "elfloader";
    private const string Symbols = ".dbg";

    // Where Unikraft itself has no call 500: a library of ours that adds it.
    private const string Calls = "calls";

    private readonly string _sources = workspace.ElfloaderSources(pin.Suffix);

    private readonly string[] _makeOptions =
    [
        $"CONFIG_UK_NAME={Elfloader}",
        // Stands in the boot banner. Unikraft would take it from the clone's Git state, which is not the same in every clone.
        $"UK_FULLVERSION={pin.Version}~{pin.Unikraft.Commit[..7]}",
    ];

    /// <summary>The step that builds a version.</summary>
    public static string NameOf(UnikraftPin pin) => Elfloader + pin.Suffix;

    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <exception cref="UserError">A clone or the configuration is missing, or the compiler failed.</exception>
    public async Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var identity = await toolchain.IdentifyAsync(cancellation);
        var ledger = new StepLedger(workspace);
        var inputs = identity.AddTo(ledger.NewFingerprint().AddFolder(_sources)).Add("make options", string.Join(' ', _makeOptions));
        foreach (var repository in pin.Repositories)
        {
            var clone = repository.CloneIn(workspace);
            var head = Directory.Exists(clone) ? git.HeadCommit(clone) : null;
            inputs.Add(repository.Repository, head ?? throw new UserError($"{clone} is missing: run --target=CloneDeps first, or leave --exclusive out"));
            if (git.HasLocalChanges(clone))
                inputs.AddFolder(clone, repository.Repository + "/");
        }

        return await ledger.RunAsync(NameOf(pin), inputs, [Unikernel, Unikernel + Symbols], MakeAsync, identity.Versions, cancellation);
    }

    private string Unikernel => workspace.Unikernel(pin.Suffix);

    private async Task MakeAsync(string staging, CancellationToken cancellation)
    {
        var sources = pin.Repositories.ToDictionary(repository => repository.Repository, repository => repository.CloneIn(workspace));
        sources.Add(Elfloader, _sources);
        var sandbox = toolchain.Open(new BuildFolders("the unikernel", sources, staging, workspace.LogOf(NameOf(pin))));
        string[] make =
        [
            "-C", sandbox.Source(pin.Unikraft.Repository),
            $"A={sandbox.Source(pin.ElfLoader.Repository)}",
            $"L={sandbox.Source(pin.LibElf.Repository)}{(Directory.Exists(Path.Combine(_sources, Calls)) ? $":{sandbox.Source(Elfloader)}/{Calls}" : "")}",
            $"O={sandbox.Output}",
            $"C={sandbox.Output}/.config",
            .. _makeOptions,
        ];
        await sandbox.RunAsync(new ProcessRequest("make", [.. make, $"UK_DEFCONFIG={sandbox.Source(Elfloader)}/config", "defconfig"]), cancellation);
        await sandbox.RunAsync(new ProcessRequest("make", [.. make, string.Create(CultureInfo.InvariantCulture, $"-j{Jobs}")]), cancellation);
        Rename(pin.Image, Unikernel);
        Rename(pin.Image + Symbols, Unikernel + Symbols);

        void Rename(string made, string wanted)
        {
            if (File.Exists(Path.Combine(staging, made)))
                File.Move(Path.Combine(staging, made), Path.Combine(staging, Path.GetFileName(wanted)));
        }
    }
}
