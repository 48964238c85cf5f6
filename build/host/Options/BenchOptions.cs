using SyscallBench.Builds;
using SyscallBench.Platforms;
using SyscallBench.Sources;

namespace SyscallBench.Build.Options;

/// <summary>What the arguments ask for. Null where nothing was asked, so that a default may depend on what the machine can do.</summary>
public sealed record BenchOptions
{
    /// <summary>Platforms asked for by name; null for the default ones. Only a platform asked for by name fails a run that cannot measure it.</summary>
    public IReadOnlyList<string>? Platforms { get; init; }

    /// <summary>Absolute paths of the guest files.</summary>
    public IReadOnlyList<string> GuestFiles
    {
        get;
        init => (field, Guests) = (value, GuestFile.ReadAll(value));
    }
    = [];

    /// <summary>What they describe.</summary>
    public IReadOnlyList<GuestPlatform> Guests { get; private init; } = [];

    /// <summary>Every platform that can be named.</summary>
    public PlatformCatalog Catalog => new(Guests);

    /// <summary>What is to be measured, in the order of a table.</summary>
    public IReadOnlyList<Platform> Selected => Catalog.Select(Platforms is null ? null : string.Join(',', Platforms.Concat(Guests.Select(guest => guest.Name))));

    /// <summary>Files of vulnerabilities, in the order in which Mitigations switches them off; null for all.</summary>
    public IReadOnlyList<string>? Switches { get; init; }

    /// <summary>Boots per platform.</summary>
    public int? Runs { get; init; }

    /// <summary>Timed loops per boot.</summary>
    public int? Rounds { get; init; }

    /// <summary>Calls per timed loop.</summary>
    public long? Iterations { get; init; }

    /// <summary>Rounds before those that count.</summary>
    public int? Warmup { get; init; }

    /// <summary><c>auto</c>, <c>kvm</c> or <c>tcg</c>.</summary>
    public string Accelerator { get; init; } = "auto";

    /// <summary>QEMU's CPU models of the guests, each with its properties; every one is measured.</summary>
    public IReadOnlyList<string>? Cpus { get; init; }

    /// <summary>The one that a target takes which needs one: the first.</summary>
    public string? Cpu => Cpus?[0];

    /// <summary>Names of the system calls that are measured; null for each platform's own.</summary>
    public IReadOnlyList<string>? Syscalls { get; init; }

    /// <summary>Seed of the boot order and of the bootstrap.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Time after which a boot is ended.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Absolute path of the folder that takes eval/, results/ and state of a run; null for the checkout.</summary>
    public string? Work { get; init; }

    /// <summary>Slurm's list of nodes to measure, as typed; null for all of the partition.</summary>
    public string? Nodes { get; init; }

    /// <summary>Features of nodes, one machine for each; null where machines are not chosen so.</summary>
    public IReadOnlyList<string>? Constraint { get; init; }

    /// <summary>Slurm's partition; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>Fleet stays until the job is over, and merges.</summary>
    public bool Wait { get; init; }

    /// <summary>Absolute paths of folders with the results of machines; null for the fleet's own.</summary>
    public IReadOnlyList<string>? From { get; init; }

    /// <summary>A default platform that cannot be measured fails the run too.</summary>
    public bool Strict { get; init; }

    /// <summary>Takes <c>&lt;mirror&gt;/&lt;owner&gt;/&lt;repo&gt;.git</c> instead of GitHub: a URL, or an absolute path.</summary>
    public string? Mirror { get; init; }

    /// <summary>What is measured where nobody names a kernel.</summary>
    public static IReadOnlyList<string> DefaultKernels { get; } = ["debian"];

    /// <summary>Kernels to measure: names, and absolute paths of source trees or bootable images.</summary>
    public IReadOnlyList<string> Kernels { get; init; } = DefaultKernels;

    /// <summary>Absolute path of a kernel configuration fragment that has the last word; null for the faithful configuration.</summary>
    public string? KernelFragment { get; init; }

    /// <summary>The kernel with these options, which is <see cref="CurrentKernel.Choice"/>.</summary>
    public string BuildOf(KernelChoice kernel) => KernelFragment is null ? kernel.Text : $"{kernel.Text} with {KernelFragment}";

    /// <summary>False: missing host packages are named, never installed.</summary>
    public bool Install { get; init; } = true;

    /// <summary><c>auto</c>, <c>docker</c>, <c>podman</c> or <c>host</c>.</summary>
    public string Toolchain { get; init; } = "auto";

    /// <summary>Parallel compilations, and boots under TCG; null for one per core.</summary>
    public int? Jobs { get; init; }

    /// <summary>Clean removes downloads too.</summary>
    public bool CleanAll { get; init; }

    /// <summary>Absolute path of a folder with the artifact's logs.</summary>
    public string? Import { get; init; }

    /// <summary>Name of a saved baseline, or the path of a results file, as typed.</summary>
    public string? Baseline { get; init; }

    /// <summary>Name under which the present results become a baseline.</summary>
    public string? SaveBaseline { get; init; }

    /// <summary>Compare passes although a row of the baseline is gone.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>Smallest change that counts, as a fraction of 1; null for the comparison's own.</summary>
    public double? Threshold { get; init; }

    /// <summary><c>show</c>, <c>pin</c> or <c>restore</c>.</summary>
    public string Tune { get; init; } = "show";

    /// <summary>Absolute path of a directory that stands for <c>/sys</c>; null for the machine's own.</summary>
    public string? Sysfs { get; init; }

    /// <summary><c>auto</c>, <c>always</c> or <c>never</c>.</summary>
    public string Color { get; init; } = "auto";

    /// <summary>Two platforms, or two saved explain.json, that Explain compares.</summary>
    public IReadOnlyList<string>? Diff { get; init; }

    /// <summary>Explain compares two files, which needs neither a build nor a boot.</summary>
    public bool ComparesFiles => Diff?.All(Path.IsPathRooted) == true;

    /// <summary>Print JSON instead of text.</summary>
    public bool Json { get; init; }
}
