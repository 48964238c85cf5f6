using SyscallBench.Machine;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>Hears how the boots go, so that somebody can be told: of one thing at a time, though boots may be made side by side.</summary>
public interface IBootProgress
{
    /// <summary>A choice that was made, one sentence: the accelerator, the pinning.</summary>
    void Say(string sentence);

    /// <summary>What has to be made, before the first boot starts: of the whole plan what is not there already.</summary>
    void Missing(IReadOnlyList<PlannedBoot> boots);

    /// <param name="done">Boots that are over, those that were kept included.</param>
    /// <param name="total">Boots of the whole plan.</param>
    /// <param name="why">Why it is made: <c>not booted yet</c>, <c>--cpu was …, is …</c>, …</param>
    void Starting(PlannedBoot boot, int done, int total, string why);

    /// <summary>An attempt is over; its record says whether it counts.</summary>
    void Finished(PlannedBoot boot, BootRecord record);
}

/// <summary>What is noticed about the machine before boots are made.</summary>
/// <param name="guests">Accelerator of the guests; null where none is booted.</param>
/// <param name="native">Whether this machine's own kernel is measured.</param>
public delegate Task<IReadOnlyList<Finding>> MachineExam(Accelerator? guests, bool native);

/// <summary>
/// Makes all boots that are asked for and not there yet: those that count instructions side by side, then one after another, in the plan's order, what is
/// timed. Whatever happens, every boot that was finished is kept, and the record of the run says which those are.
/// </summary>
/// <param name="origin">Asked when boots have to be made, and only then; so is <paramref name="exam"/>.</param>
public sealed class BootSession(
    BootOptions options, ImageSet images, Workspace workspace, ProcessRunner processes, FileHasher hasher, Func<RunOrigin> origin, MachineExam exam, IBootProgress progress)
{
    private readonly SystemFiles _files = new();
    private readonly BootStore _store = new(workspace.RawEvaluation);

    /// <summary>What the guests will run on, which is tried where need be.</summary>
    /// <exception cref="UserError">QEMU is not there, or KVM was asked for and does not work.</exception>
    public async Task<AcceleratorChoice> ChooseAsync(CancellationToken cancellation)
    {
        var version = await Qemu.VersionAsync(processes, options.QemuProgram, cancellation).ConfigureAwait(false);
        return await ChooseAsync(new QemuRunner(processes, _files), version, cancellation).ConfigureAwait(false);
    }

    /// <returns>What was measured; also written as <see cref="RunRecord.FileName"/> beside the boots.</returns>
    /// <exception cref="UserError">QEMU is not there, KVM was asked for and does not work, or the disk cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left, and finished boots are kept.</exception>
    public async Task<RunRecord> RunAsync(CancellationToken cancellation)
    {
        SocketFolder.RemoveLeftovers();
        var usable = new BootParameters(options, Accelerator.Tcg).Cases().Where(each => WhyNoImage(each) is null).ToList();
        var hashes = usable.SelectMany(each => each.Images).Distinct().ToDictionary(image => image, image => hasher.Hash(images.Paths[image]));

        var qemu = new QemuRunner(processes, _files);
        var choice = new AcceleratorChoice(options.Accelerator ?? Accelerator.Tcg, "no guest was booted");
        string? version = null;
        if (usable.Any(each => each.Platform is GuestPlatform))
        {
            version = await Qemu.VersionAsync(processes, options.QemuProgram, cancellation).ConfigureAwait(false);
            choice = await ChooseAsync(qemu, version, cancellation).ConfigureAwait(false);
            progress.Say(choice.Reason);
            foreach (var model in choice.Accelerator == Accelerator.Tcg ? options.Cpus ?? [] : [])
                await Qemu.CheckCpuAsync(processes, options.QemuProgram, model, cancellation).ConfigureAwait(false);
        }

        hasher.Save();
        var cpu = CpuChoice.Of(Topology.Read(_files));
        var host = new HostBooter(processes, images, Pinning.OfProcess(cpu), _files);
        var pinning = choice.Accelerator == Accelerator.Tcg ? null : Pinning.Of(cpu);
        while (true)
        {
            try
            {
                var guest = new GuestBooter(qemu, choice.Accelerator, images, workspace.Root, options.QemuProgram, version ?? "", pinning, _files);
                return await MakeAsync(choice, version, pinning, guest, host, hashes, cancellation).ConfigureAwait(false);
            }
            catch (NotPinnedException refused)
            {
                // Boots that are not pinned are of another setting than those that are.
                pinning = Pinning.None(refused.Message);
            }
        }
    }

    private async Task<RunRecord> MakeAsync(
        AcceleratorChoice choice, string? version, Pinning? pinning, GuestBooter guest, HostBooter host, Dictionary<Image, string> hashes, CancellationToken cancellation)
    {
        var parameters = new BootParameters(options, choice.Accelerator);
        var sentence = pinning?.Sentence ?? "vCPU not pinned: exact instruction counts do not depend on the core";
        if (version is not null)
            progress.Say(sentence);
        var asked = parameters.Cases();
        var made = asked.Where(each => WhyMissing(each) is null).ToDictionary(each => each, each =>
        {
            IBooter booter = each.Platform is GuestPlatform ? guest : host;
            var own = each.Images.ToDictionary(image => image.Name, image => hashes[image]);
            return new PlatformBoots(each, booter.SettingOf(each, own), booter, _store, parameters);
        });

        // What does not depend on an option is measured once, however many values the option has.
        var cases = asked.DistinctBy(each => made.TryGetValue(each, out var own) ? own.Setting.Name : $"{each.Platform.Name} {each.Call?.Name} {each.Kernel}").ToList();
        var boots = cases.Where(made.ContainsKey).ToDictionary(each => each, each => made[each]);
        var plan = BootPlan.Make([.. boots.Keys], parameters.Runs, options.Seed);
        var missing = plan.Where(planned => !boots[planned.Case].TryTake(planned)).ToList();
        progress.Missing(missing);

        var before = RunRecord.Find(workspace.RawEvaluation);
        var started = DateTimeOffset.UtcNow;
        var run = new RunRecord
        {
            Id = started.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture),
            Started = started,
            Origin = new(),
            Accelerator = choice.Accelerator.Name(),
            AcceleratorReason = choice.Reason,
            Unit = choice.Accelerator.Unit(),
            GuestCpu = string.Join(", ", parameters.Cpus),
            QemuVersion = version,
            Seed = options.Seed,
            Runs = parameters.Runs,
            Plan = [.. plan.Select(planned => new RunStep(planned.Platform.Name, boots[planned.Case].Setting.Name, planned.Boot))],
            Pinning = sentence,
            Hashes = hashes.ToDictionary(each => options.Kernels is { Count: > 1 } && each.Key.Which is { } which ? $"{each.Key.Name} {which}" : each.Key.Name, each => each.Value),
            Platforms = PlatformRuns(cases, boots, parameters),
        };

        // What was noticed, and who asked, when these boots were made still holds; of the plan only where it was of the same boots.
        var last = boots.Values.SelectMany(each => each.Counting).Select(record => record.Run).DefaultIfEmpty("").Max(StringComparer.Ordinal);
        run = missing.Count == 0 && RunRecord.Find(workspace.RawEvaluation, last!) is { } maker
            ? maker with { Runs = run.Runs, Hashes = run.Hashes, Platforms = run.Platforms, GuestCpu = run.GuestCpu, Plan = run.Plan.ToHashSet().SetEquals(maker.Plan) ? maker.Plan : run.Plan }
            : run with { Origin = origin() };
        if (missing.Count == 0)
        {
            // In a checkout that may only be read, nothing has to be written where nothing changed.
            if (before?.Id != run.Id)
                before?.Keep(workspace.RawEvaluation);
            run.Write(workspace.RawEvaluation);
            return run;
        }

        before?.Keep(workspace.RawEvaluation);
        var noticed = await exam(version is null ? null : choice.Accelerator, boots.Keys.Any(each => each.Platform is not GuestPlatform)).ConfigureAwait(false);
        run = run with { Findings = noticed };
        run.Write(workspace.RawEvaluation);
        // Counts do not depend on what else runs; cycles do.
        // What is short comes last, so that no core is idle at the end. A rough guess: the larger the images, the longer the boot.
        var together = missing.Where(planned => planned.Platform.UnitUnder(choice.Accelerator) == Unit.Instructions)
            .OrderByDescending(planned => planned.Case.Images.Sum(image => new FileInfo(images.Paths[image]).Length))
            .ToList();
        var done = plan.Count - missing.Count;
        var one = new Lock();
        await Parallel.ForEachAsync(together, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation }, BootAsync).ConfigureAwait(false);
        foreach (var planned in missing.Except(together))
            await BootAsync(planned, cancellation).ConfigureAwait(false);

        run = run with { Findings = [.. noticed, .. boots.Values.SelectMany(each => each.Findings)] };
        run.Write(workspace.RawEvaluation);
        return run;

        async ValueTask BootAsync(PlannedBoot planned, CancellationToken token)
        {
            var own = boots[planned.Case];
            var earlier = before?.Platforms.FirstOrDefault(platform => platform.Platform == planned.Platform.Name && boots.Values.All(each => each.Setting.Name != platform.SettingName))?.Setting;
            lock (one)
                progress.Starting(planned, done, plan.Count, own.WhyMissing(planned, earlier));
            await own.MakeAsync(planned, run.Id, Finished, token).ConfigureAwait(false);
            lock (one)
            {
                done++;
                run = run with { Platforms = PlatformRuns(cases, boots, parameters) };
                run.Write(workspace.RawEvaluation);
            }

            void Finished(BootRecord record)
            {
                lock (one)
                    progress.Finished(planned, record);
            }
        }
    }

    private IReadOnlyList<PlatformRun> PlatformRuns(IReadOnlyList<BootCase> cases, Dictionary<BootCase, PlatformBoots> boots, BootParameters parameters) =>
    [
        .. from each in cases
           let platform = each.Platform
           // The platform's own note is on its own call.
           let note = each.Benchmark.SystemCall is null ? platform.ScallNote : null
           let run = new PlatformRun
           {
               Platform = platform.Name,
               Label = platform.Label,
               Role = platform.Role,
               Unit = platform.UnitUnder(parameters.Accelerator),
               Benchmark = each.Benchmark,
               SystemCall = each.Call?.Name,
               Kernel = each.Kernel,
               ScallNote = platform.Images.Contains(Image.Kernel) ? options.KernelNote ?? note : note,
               Reason = WhyMissing(each),
               Required = options.Required.Contains(platform.Name) && (each.Call is null || platform.WhyLacks(each.Call) is null),
           }
           select boots.TryGetValue(each, out var own) ? own.AddTo(run) : run,
    ];

    private string? WhyMissing(BootCase each) => WhyNoImage(each) ?? (each.Call is { } call ? each.Platform.WhyLacks(call) : null);

    private string? WhyNoImage(BootCase each) => each.Images.Select(images.WhyMissing).FirstOrDefault(why => why is not null) is not { } why ? null
        : options.Kernels is { Count: > 1 } && each.Kernel is { } kernel ? $"Linux {kernel}: {why}" : why;

    private Task<AcceleratorChoice> ChooseAsync(QemuRunner qemu, string version, CancellationToken cancellation)
    {
        var inputs = KvmProbe.Images.Where(image => images.WhyMissing(image) is null).ToDictionary(image => image.Name, image => hasher.Hash(images.Paths[image]));
        inputs["qemu"] = $"{version} {hasher.Hash(ProgramFinder.Require(options.QemuProgram, Qemu.Remedy))}";
        inputs["cpu"] = options.Cpus?[0] ?? "";
        var probe = new KvmProbe(qemu, images, options.QemuProgram, options.Cpus?[0], options.Deadline);
        return probe.ChooseAsync(options.Accelerator, inputs, Path.Combine(workspace.RunState, "accelerator.json"), cancellation);
    }
}
