using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>
/// Makes all boots that are asked for and not there yet, in the plan's order. A boot that fails fails its platform and no other; whatever happens,
/// every boot that
/// was finished before is kept.
/// </summary>
public sealed class BootSession(
    BootOptions options, ImageSet images, Workspace workspace, ProcessRunner processes, FileHasher hasher, IBootProgress progress)
{
    private readonly SystemFiles _files = new();
    private readonly BootStore _store = new(workspace.RawEvaluation);

    /// <returns>What was measured; also written as <see cref="RunRecord.FileName"/> beside the boots.</returns>
    /// <exception cref="UserError">QEMU is not there, KVM was asked for and does not work, or the disk cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left, and finished boots are kept.</exception>
    public async Task<RunRecord> RunAsync(CancellationToken cancellation)
    {
        options.Validated();
        var missing = options.Platforms.ToDictionary(
            platform => platform, platform => platform.Images.Select(images.WhyMissing).FirstOrDefault(why => why is not null));
        var present = options.Platforms.Where(platform => missing[platform] is null).ToList();
        var hashes = present.SelectMany(platform => platform.Images).Distinct()
            .ToDictionary(image => image.Name(), image => hasher.Hash(images.Paths[image]));
        var room = await PrepareAsync(present, hashes, cancellation).ConfigureAwait(false);

        var boots = new PlatformBoots(_store, room.Booters, hashes, options, room.Parameters, progress);
        var plan = BootPlan.Make(present, room.Parameters.Runs, options.Seed);
        progress.Planned(plan);
        foreach (var (planned, done) in plan.Select((planned, index) => (planned, index)))
            await boots.MakeAsync(planned, done, plan.Count, cancellation).ConfigureAwait(false);

        var run = room.ToRecord(options, hashes, [.. options.Platforms.Select(platform => boots.ToRun(platform, missing[platform]))]) with
        {
            Started = boots.Started ?? DateTimeOffset.UnixEpoch,
        };
        run = run with { Findings = SchedulerFindings.Of(run, _store) };
        run.Write(workspace.RawEvaluation);
        hasher.Save();
        return run;
    }

    private async Task<BootRoom> PrepareAsync(List<Platform> present, IReadOnlyDictionary<string, string> hashes, CancellationToken cancellation)
    {
        var topology = Topology.Read(_files);
        var spare = Pinning.Choose(topology);
        var guests = present.Any(platform => platform is GuestPlatform);
        var version = guests ? await QemuVersion.ReadAsync(processes, options.QemuProgram, cancellation).ConfigureAwait(false) : null;
        var qemu = new QemuRunner(processes, _files);
        var choice = guests
            ? await ChooseAsync(qemu, version!, hashes, cancellation).ConfigureAwait(false)
            : new AcceleratorChoice(options.Accelerator ?? Accelerator.Tcg, "no guest was booted");
        var parameters = new BootParameters(options, choice.Accelerator);
        var pinning = choice.Accelerator == Accelerator.Tcg ? Pinning.NotNeeded : spare;
        var sentence = pinning?.Sentence ?? "vCPU not pinned: exact instruction counts do not depend on the core";
        if (guests)
        {
            progress.Say(choice.Reason);
            progress.Say(sentence);
        }

        return new BootRoom(choice, parameters, sentence, version)
        {
            Booters =
            [
                new GuestBooter(qemu, parameters, images, workspace.Root, options.QemuProgram, version ?? "", pinning),
                new HostBooter(processes, parameters, images, spare, _files),
            ],
        };
    }

    private Task<AcceleratorChoice> ChooseAsync(
        QemuRunner qemu, string version, IReadOnlyDictionary<string, string> hashes, CancellationToken cancellation)
    {
        var cpu = options.Cpu ?? Accelerator.Kvm.DefaultCpu();
        var inputs = new Dictionary<string, string>(hashes.Where(hash => hash.Key is "floor" or "benchmark")) { ["qemu"] = version, ["cpu"] = cpu };
        var chooser = new AcceleratorChooser(
            new KvmProbe(qemu, images, options.QemuProgram, cpu), _files, Path.Combine(workspace.State, "accelerator.json"));
        return chooser.ChooseAsync(options.Accelerator, inputs, cancellation);
    }
}
