using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Processes;

namespace SyscallBench.Doctor;

/// <summary>What the machine will be used for.</summary>
public sealed record DoctorRequest
{
    /// <summary>Folders that will be written to, absolute, and the bytes that each will have to hold.</summary>
    public IReadOnlyList<(string Path, long Needed)> Folders { get; init; } = [];

    /// <summary>Tries a guest under KVM; null to leave KVM out, as a run that counts instructions may.</summary>
    public KvmProbe? Kvm { get; init; }

    /// <summary>Debian's names of packages that builds and boots lack.</summary>
    public IReadOnlyList<string> MissingPackages { get; init; } = [];

    /// <summary>For how long steal time is watched; zero for its share since the machine started.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a run of the whole experiment asks of this machine, but for KVM.</summary>
    public static DoctorRequest Of(Workspace workspace, ProcessRunner processes, PackageUse uses = PackageUse.Boot | PackageUse.Compile) => new()
    {
        MissingPackages = new HostPackages(processes, null, isRoot: false).Missing(uses),

        // What a kernel's source, its objects and everything else take, with some room.
        Folders =
        [
            (workspace.Artifacts, 6144L << 20),
            (workspace.RawEvaluation, 256L << 20),
            (workspace.Results, 64L << 20),
        ],
    };
}

/// <summary>Everything the checks judge, read once. Null where it is not known or was not asked for.</summary>
public sealed record MachineState
{
    public required HostFacts Host { get; init; }

    /// <summary>The CPU that boots will be pinned to.</summary>
    public CpuChoice Choice => CpuChoice.Of(Host.Topology);

    /// <summary>Mean number of tasks that ran or waited in the last minute.</summary>
    public double? Load { get; init; }

    /// <summary>How the CPUs spent the last moments, or all time since boot.</summary>
    public CpuTimes? Times { get; init; }

    public KvmAnswer? Kvm { get; init; }

    public IReadOnlyList<string> MissingPackages { get; init; } = [];

    public IReadOnlyList<FolderState> Folders { get; init; } = [];

    public static async Task<MachineState> ReadAsync(SystemFiles files, DoctorRequest request, CancellationToken cancellation)
    {
        // The load of the last minute is read before anything is done here that adds to it.
        double? load = double.TryParse(files.Read("/proc/loadavg")?.Split(' ')[0], CultureInfo.InvariantCulture, out var mean) ? mean : null;
        var times = await TimesAsync(files, request.Watch, cancellation);
        return new MachineState
        {
            Host = HostFacts.Read(files),
            Load = load,
            Times = times,
            Kvm = request.Kvm is { } probe ? await TryKvmAsync(probe, cancellation) : null,
            MissingPackages = request.MissingPackages,
            Folders = [.. request.Folders.Select(folder => FolderState.Read(folder.Path, folder.Needed))],
        };
    }

    // Nothing is remembered: what was seen before is not what is now.
    private static async Task<KvmAnswer> TryKvmAsync(KvmProbe probe, CancellationToken cancellation)
    {
        try
        {
            return await probe.AskAsync(cancellation);
        }
        catch (UserError error)
        {
            // No QEMU, for example: that says nothing about KVM.
            return new KvmAnswer(null, error.Message);
        }
    }

    private static async Task<CpuTimes?> TimesAsync(SystemFiles files, TimeSpan watch, CancellationToken cancellation)
    {
        var before = CpuTimes.Parse(files.Read("/proc/stat"));
        if (before is null || watch <= TimeSpan.Zero)
            return before;

        await Task.Delay(watch, cancellation);
        var spent = CpuTimes.Parse(files.Read("/proc/stat"))?.Since(before);

        // An idle machine wants no time and is stolen none: then what happened since boot says more.
        return spent is { Busy: > 0 } ? spent : before;
    }
}

/// <summary>Whether a folder can take what will be written to it.</summary>
/// <param name="Needed">Bytes it will have to hold.</param>
/// <param name="Free">Bytes that this user may still write there; null where the file system does not say.</param>
public sealed record FolderState(string Path, long Needed, long? Free, bool Writable)
{
    /// <summary>Tries it: permissions, quotas and read-only mounts are only known by writing.</summary>
    public static FolderState Read(string path, long needed)
    {
        // A folder that is still to be made is as writable as the nearest one above it.
        var folder = path;
        while (!System.IO.Path.Exists(folder) && System.IO.Path.GetDirectoryName(folder) is { } parent)
            folder = parent;
        return new FolderState(path, needed, DiskError.Try(() => (long?)new DriveInfo(folder).AvailableFreeSpace), CanWrite(folder));
    }

    private static bool CanWrite(string folder) => DiskError.Try(() =>
    {
        using var probe = new FileStream(
            System.IO.Path.Join(folder, $".doctor-{Guid.NewGuid():n}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        return true;
    });
}
