using SyscallBench.Builds;
using SyscallBench.Platforms;
using SyscallBench.Sources;

namespace SyscallBench.Build.Options;

/// <summary>
/// What the arguments ask for: <see cref="BenchSwitches"/> says what each option is for. Null where nothing was asked, so that a default may depend on what the machine can do. Paths are absolute.
/// </summary>
public sealed record BenchOptions
{
    /// <summary>Platforms asked for by name; null for the default ones. Only a platform asked for by name fails a run that cannot measure it.</summary>
    public IReadOnlyList<string>? Platforms { get; init; }

    public IReadOnlyList<string> GuestFiles
    {
        get;
        init => (field, Guests) = (value, GuestFile.ReadAll(value));
    }
    = [];

    public IReadOnlyList<GuestPlatform> Guests { get; private init; } = [];

    public PlatformCatalog Catalog => new(Guests);

    public IReadOnlyList<Platform> Selected => Catalog.Select(Platforms is null ? null : string.Join(',', Platforms.Concat(Guests.Select(guest => guest.Name))));

    /// <summary>Files of vulnerabilities, in the order in which Mitigations switches them off; null for all.</summary>
    public IReadOnlyList<string>? Switches { get; init; }

    public int? Runs { get; init; }

    public int? Rounds { get; init; }

    public long? Iterations { get; init; }

    public int? Warmup { get; init; }

    public string Accelerator { get; init; } = "auto";

    /// <summary>QEMU's CPU models of the guests, each with its properties; every one is measured.</summary>
    public IReadOnlyList<string>? Cpus { get; init; }

    /// <summary>The one that a target takes which needs one: the first.</summary>
    public string? Cpu => Cpus?[0];

    public IReadOnlyList<string>? Syscalls { get; init; }

    public ulong? Seed { get; init; }

    public TimeSpan? Deadline { get; init; }

    public string? Work { get; init; }

    public string? Nodes { get; init; }

    public IReadOnlyList<string>? Constraint { get; init; }

    public string? Partition { get; init; }

    public bool Wait { get; init; }

    public IReadOnlyList<string>? From { get; init; }

    public bool Strict { get; init; }

    /// <summary>Takes <c>&lt;mirror&gt;/&lt;owner&gt;/&lt;repo&gt;.git</c> instead of GitHub: a URL, or an absolute path.</summary>
    public string? Mirror { get; init; }

    /// <summary>What is measured where nobody names a kernel.</summary>
    public static IReadOnlyList<string> DefaultKernels { get; } = ["debian"];

    /// <summary>Kernels to measure: names, and absolute paths of source trees or bootable images.</summary>
    public IReadOnlyList<string> Kernels { get; init; } = DefaultKernels;

    public string? KernelFragment { get; init; }

    /// <summary>The kernel with these options, which is <see cref="CurrentKernel.Choice"/>.</summary>
    public string BuildOf(KernelChoice kernel) => KernelFragment is null ? kernel.Text : $"{kernel.Text} with {KernelFragment}";

    /// <summary>False: missing host packages are named, never installed.</summary>
    public bool Install { get; init; } = true;

    public string Toolchain { get; init; } = "auto";

    public int? Jobs { get; init; }

    public bool CleanAll { get; init; }

    public string? Import { get; init; }

    public string? Baseline { get; init; }

    public string? SaveBaseline { get; init; }

    public bool AllowMissing { get; init; }

    /// <summary>Smallest change that counts, as a fraction of 1; null for the comparison's own.</summary>
    public double? Threshold { get; init; }

    public string Tune { get; init; } = "show";

    public string? Sysfs { get; init; }

    public string Color { get; init; } = "auto";

    /// <summary>Two platforms, or two saved explain.json, that Explain compares.</summary>
    public IReadOnlyList<string>? Diff { get; init; }

    /// <summary>Explain compares two files, which needs neither a build nor a boot.</summary>
    public bool ComparesFiles => Diff?.All(Path.IsPathRooted) == true;

    public bool Json { get; init; }
}
