using SyscallBench.Processes;

namespace SyscallBench.Machine;

/// <summary>Sees to it that what a run needs is on the machine, before any work.</summary>
/// <param name="osRelease">Text of <c>/etc/os-release</c>; null where there is none.</param>
/// <param name="isRoot">Whether packages may be installed at all.</param>
public sealed class HostPackages(IProcessRunner processes, string? osRelease, bool isRoot)
{
    private const string Headers = "/usr/include/";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(15);
    private long _done;
    private long? _total;

    // Beyond Debian's essential packages: each with a program on PATH, or the header, that tells that it is there, and what needs it.
    private static readonly IReadOnlyList<(string Name, string Probe, PackageUse Uses)> _all =
    [
        ("qemu-system-x86", "qemu-system-x86_64", PackageUse.Boot),
        ("linux-perf", "perf", PackageUse.Compare),
        ("gcc", "gcc", PackageUse.Compile),
        ("make", "make", PackageUse.Compile),
        ("binutils", "ld", PackageUse.Compile),
        // Both build programs of their own for the machine that they are built on.
        ("libc6-dev", Headers + "stdio.h", PackageUse.Unikernel | PackageUse.Kernel),
        ("flex", "flex", PackageUse.Unikernel | PackageUse.Kernel),
        ("bison", "bison", PackageUse.Unikernel | PackageUse.Kernel),
        ("m4", "m4", PackageUse.Unikernel),
        // Strips the image.
        ("python3", "python3", PackageUse.Unikernel),
        ("bc", "bc", PackageUse.Kernel),
        ("libelf-dev", Headers + "gelf.h", PackageUse.Kernel),
        ("lz4", "lz4", PackageUse.Kernel),
        ("patch", "patch", PackageUse.Kernel),
        ("xz-utils", "xz", PackageUse.Kernel),
    ];

    /// <summary>Tells whether a program or a header is there; looks at files and starts nothing.</summary>
    public Func<string, bool> IsPresent { get; init; } = probe => probe.StartsWith('/') ? File.Exists(probe) : ProgramFinder.Find(probe) is not null;

    /// <summary>Told of each package downloaded, unpacked and set up: how many of these steps are done, and how many there are, once apt-get knows.</summary>
    public Action<long, long?>? OnProgress { get; init; }

    private bool HasApt => OsRelease.Parse(osRelease ?? "") is var release
        && $"{release.GetValueOrDefault("ID")} {release.GetValueOrDefault("ID_LIKE")}".Split(' ').Intersect(["debian", "ubuntu"]).Any();

    /// <summary>Packages that are needed and not there; empty within a millisecond when all is well.</summary>
    public IReadOnlyList<string> Missing(PackageUse uses)
        => [.. _all.Where(package => (package.Uses & uses) != PackageUse.None && !IsPresent(package.Probe)).Select(package => package.Name)];

    /// <param name="uses">What the run is going to do.</param>
    /// <param name="install">Install what is missing, where that is possible.</param>
    /// <param name="say">Told what is installed.</param>
    /// <param name="cancellation">Stops apt-get, which goes on with it the next time.</param>
    /// <exception cref="UserError">Something is missing; the message has the one command to paste.</exception>
    public async Task EnsureAsync(PackageUse uses, bool install, Action<string>? say, CancellationToken cancellation)
    {
        var missing = Missing(uses);
        if (missing.Count == 0)
            return;
        var names = string.Join(' ', missing);
        if (!HasApt)
            throw new UserError($"this machine lacks what Debian's packages {names} bring; install it and run again");
        if (!install || !isRoot)
            throw new UserError($"this machine lacks {missing.Count} packages; run: {Paste(names)}");

        say?.Invoke($"installing {names}");
        await InstallAsync(missing, cancellation);
        if (Missing(uses) is { Count: > 0 } still)
            throw new UserError($"apt-get installed {string.Join(' ', still)}, and yet what was wanted of it is not there");
    }

    // A fresh machine has no package lists.
    private string Paste(string names)
    {
        var sudo = isRoot ? "" : "sudo ";
        return $"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {names}";
    }

    private async Task InstallAsync(IReadOnlyList<string> packages, CancellationToken cancellation)
    {
        string[] install = ["install", "--yes", "--no-install-recommends", .. packages];
        if (await AptAsync(install, cancellation) is null)
            return;
        // A fresh machine has no package lists, or old ones that name versions the mirror no longer has.
        var why = await AptAsync(["update"], cancellation) ?? await AptAsync(install, cancellation);
        if (why is not null)
            throw new UserError($"apt-get could not install {string.Join(' ', packages)}: {why}");
    }

    /// <returns>Why it failed; null when it did not.</returns>
    private async Task<string?> AptAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var result = await processes.RunAsync(
            new ProcessRequest("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=1", "-o", "DPkg::Lock::Timeout=120", .. arguments]) { Deadline = _patience, OnLine = Count },
            cancellation);
        return result.InTime().Succeeded ? null : result.Cause;
    }

    private void Count(string line)
    {
        // "0 upgraded, 85 newly installed, 0 to remove and 3 not upgraded."
        var words = line.Split(' ');
        if (Array.IndexOf(words, "newly") is > 0 and var newly && long.TryParse(words[newly - 1], CultureInfo.InvariantCulture, out var packages))
            (_done, _total) = (0, 3 * packages);
        else if (words[0].StartsWith("Get:", StringComparison.Ordinal) || words[0] is "Unpacking" or "Setting")
            _done++;
        else
            return;
        OnProgress?.Invoke(_done, _total);
    }
}

/// <summary>What a package is needed for.</summary>
[Flags]
public enum PackageUse
{
    None = 0,

    /// <summary>To boot guests. This is native: nobody boots in a container.</summary>
    Boot = 1,

    /// <summary>To build the benchmark and the floor with the host's compiler.</summary>
    Benchmark = 2,

    /// <summary>To build the unikernel with the host's compiler.</summary>
    Unikernel = 4,

    /// <summary>To unpack, patch and build Linux with the host's compiler.</summary>
    Kernel = 8,

    /// <summary>To hold <c>host</c> against an independent tool.</summary>
    Compare = 16,

    /// <summary>To build anything with the host's compiler.</summary>
    Compile = Benchmark | Unikernel | Kernel,
}
