using SyscallBench.Builds;
using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Kvm;

/// <summary>
/// A KVM that works, on any machine: the kernel of Debian's cloud image in a QEMU that emulates an AMD CPU with SVM, and in it this machine's own QEMU.
/// <see cref="Qemu"/> is a QEMU to whoever starts it. Times in it mean nothing; its instructions are counted, so what its guests take for cycles is exact.
/// </summary>
public sealed class KvmBox : IAsyncLifetime
{
    private static readonly string[] _modules = ["irqbypass.ko", "kvm.ko", "kvm-amd.ko"];

    // What a guest needs that is given with -kernel.
    private static readonly string[] _roms =
        ["bios-256k.bin", "kvmvapic.bin", "linuxboot.bin", "linuxboot_dma.bin", "multiboot.bin", "multiboot_dma.bin", "pvh.bin"];

    private static readonly string[] _romFolders = ["/usr/share/qemu", "/usr/share/seabios"];

    private readonly TempFolder _folder = new();
    private readonly ProcessRunner _processes = new();
    private string? _missing;

    /// <summary>Stands in for QEMU.</summary>
    public string Qemu => _folder.Path("box-qemu");

    /// <summary>Skips the calling test where there is no box, saying why.</summary>
    public void Require() => Assert.SkipWhen(_missing is not null, $"no box to run KVM in: {_missing}");

    public async ValueTask InitializeAsync()
    {
        _missing = new[] { "qemu-system-x86_64", "gcc", "apt-get", "dpkg-deb", "ldd" }
            .Where(program => ProgramFinder.Find(program) is null)
            .Select(program => $"{program} is not installed")
            .FirstOrDefault();
        if (_missing is not null)
            return;
        try
        {
            await MakeAsync(TestContext.Current.CancellationToken);
        }
        catch (UserError lacking)
        {
            _missing = lacking.Message;
        }
    }

    public ValueTask DisposeAsync()
    {
        _processes.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task MakeAsync(CancellationToken cancellation)
    {
        var init = _folder.Path("init");
        await RunAsync(cancellation, "gcc", "-O2", "-static", "-s", "-o", init, Source("box-init.c"));

        var packages = new AptPackages(new Workspace(SourceTree.Root), _processes);
        var tree = _folder.Path("tree");
        foreach (var name in await KernelPackagesAsync(cancellation))
        {
            var package = packages.Find(name) ?? await packages.DownloadAsync(new AptOffer(name), "run apt-get update", say: null, cancellation);
            await RunAsync(cancellation, "dpkg-deb", "--extract", package, tree);
        }

        var qemu = ProgramFinder.Require("qemu-system-x86_64");
        var libraries = (await RunAsync(cancellation, "ldd", qemu)).SelectMany(line => line.Split(' ', '\t')).Where(word => word.StartsWith('/'));
        foreach (var compressed in Directory.EnumerateFiles(tree, "*.ko.xz", SearchOption.AllDirectories).Where(file => _modules.Contains(Path.GetFileNameWithoutExtension(file))))
            await RunAsync(cancellation, "xz", "--decompress", compressed);
        var modules = _modules.Select(module => Find(tree, module));
        var roms = _roms.Select(rom => _romFolders.Select(folder => Path.Combine(folder, rom)).FirstOrDefault(File.Exists)).OfType<string>();
        Cpio.Write(
            _folder.Path("base.cpio"), [("init", init), ("qemu", qemu), .. libraries.Concat(modules).Concat(roms).Select(file => (Path.GetFileName(file), file))]);
        File.Move(Find(tree, "vmlinuz*"), _folder.Path("vmlinuz"));
        Directory.Delete(tree, recursive: true);
        File.Copy(Source("box-qemu"), Qemu);
        File.SetUnixFileMode(Qemu, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // From about 6.19 the image's package is a shell around two others.
    private async Task<IReadOnlyList<string>> KernelPackagesAsync(CancellationToken cancellation)
    {
        const string Meta = "linux-image-cloud-amd64";
        var image = (await DependsAsync(Meta)).FirstOrDefault(name => name.StartsWith("linux-image-", StringComparison.Ordinal)) ?? throw new UserError($"apt knows no {Meta}");
        string[] parts = [.. (await DependsAsync(image)).Where(name => name.StartsWith("linux-binary-", StringComparison.Ordinal) || name.StartsWith("linux-modules-", StringComparison.Ordinal))];
        return parts.Length > 0 ? parts : [image];

        async Task<IEnumerable<string>> DependsAsync(string package) =>
            (await RunAsync(cancellation, "apt-cache", "depends", package)).Select(line => line.Trim().Split(' ')).Where(words => words is ["Depends:", _]).Select(words => words[1]);
    }

    private static string Source(string name) => Path.Combine(SourceTree.Root, "build", "tests", "core", "Kvm", name);

    private static string Find(string tree, string name) =>
        Directory.EnumerateFiles(tree, name, SearchOption.AllDirectories).FirstOrDefault() ?? throw new UserError($"Debian's cloud kernel has no {name}");

    private async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellation, string program, params IReadOnlyList<string> arguments)
    {
        var lines = new List<string>();
        var result = await _processes.RunAsync(new ProcessRequest(program, arguments) { Deadline = TimeSpan.FromMinutes(2), OnLine = lines.Add }, cancellation);
        return result.Succeeded ? lines : throw new UserError(result.Describe());
    }
}
