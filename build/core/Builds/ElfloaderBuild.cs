using System.Globalization;
using SyscallBench.Model;
using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>BuildElfloader: the Unikraft unikernel that loads the benchmark, as <c>bench-src/elfloader/README.md</c> builds it by hand.</summary>
public sealed class ElfloaderBuild(Workspace workspace, IToolchain toolchain, IGitClient git)
{
    private const string Name = "elfloader";
    private const string Image = Name + "_kvm-x86_64";

    private static readonly string[] _makeOptions =
    [
        $"CONFIG_UK_NAME={Name}",
        // Stands in the boot banner. Unikraft would take it from the clone's Git state, which is not the same in every clone.
        $"UK_FULLVERSION=0.5.0~{Pins.Unikraft.Commit[..7]}",
    ];

    /// <summary>How many compilers run at once.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <exception cref="UserError">A clone or the configuration is missing, or the compiler failed.</exception>
    public async Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var identity = await toolchain.IdentifyAsync(cancellation);
        var ledger = new StepLedger(workspace);
        var inputs = ledger.NewFingerprint().AddFolder(workspace.ElfloaderSources).AddToolchain(identity).Add("make options", string.Join(' ', _makeOptions));
        foreach (var pin in Pins.Repositories)
            AddClone(inputs, pin);

        return await ledger.RunAsync(
            new StepPlan
            {
                Name = Name,
                Inputs = inputs,
                Outputs = [workspace.Unikernel, workspace.UnikernelSymbols],
                Build = MakeAsync,
                Facts = () => identity.Versions,
            },
            cancellation);
    }

    private void AddClone(Fingerprint inputs, GitPin pin)
    {
        var clone = pin.CloneIn(workspace);
        var head = Directory.Exists(clone) ? git.HeadCommit(clone) : null;
        inputs.Add(pin.Repository, head ?? throw new UserError($"{clone} is missing: run --target=CloneDeps first, or leave --exclusive out"));
        if (git.HasLocalChanges(clone))
            inputs.AddFolder(clone, pin.Repository + "/");
    }

    private async Task MakeAsync(string staging, CancellationToken cancellation)
    {
        var sources = Pins.Repositories.ToDictionary(pin => pin.Repository, pin => pin.CloneIn(workspace));
        sources.Add(Name, workspace.ElfloaderSources);
        var sandbox = toolchain.Open(new BuildFolders
        {
            What = "the unikernel",
            Sources = sources,
            Output = staging,
            Log = workspace.LogOf(Name),
        });

        string[] make =
        [
            "-C", sandbox.Source(Pins.Unikraft.Repository),
            $"A={sandbox.Source(Pins.ElfLoader.Repository)}",
            $"L={sandbox.Source(Pins.LibElf.Repository)}",
            $"O={sandbox.Output}",
            $"C={sandbox.Output}/.config",
            .. _makeOptions,
        ];
        await sandbox.RunAsync(new ProcessRequest("make", [.. make, $"UK_DEFCONFIG={sandbox.Source(Name)}/config", "defconfig"]), cancellation);
        await sandbox.RunAsync(new ProcessRequest("make", [.. make, string.Create(CultureInfo.InvariantCulture, $"-j{Jobs}")]), cancellation);
        Rename(Image, workspace.Unikernel);
        Rename(Image + ".dbg", workspace.UnikernelSymbols);

        void Rename(string made, string wanted)
        {
            if (File.Exists(Path.Combine(staging, made)))
                File.Move(Path.Combine(staging, made), Path.Combine(staging, Path.GetFileName(wanted)));
        }
    }
}
