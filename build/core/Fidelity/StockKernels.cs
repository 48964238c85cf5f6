using System.Text.RegularExpressions;
using SyscallBench.Model;
using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Fidelity;

/// <summary>
/// Gets the kernel image that Debian built from the very source package that ours is built from: the cloud flavour, whose configuration is for virtual machines.
/// </summary>
public sealed partial class StockKernels(Workspace workspace, IProcessRunner processes)
{
    // From about 6.19 the kernel is in linux-binary-*, and linux-image-* of the same version is an empty shell around it: names sort in this order, too.
    private static readonly string[] _kinds = ["linux-binary", "linux-image"];

    private readonly AptPackages _packages = new(workspace, processes);

    /// <exception cref="UserError">The mirror has no image of this version, or it cannot be unpacked.</exception>
    public async Task<StockKernel> GetAsync(DebianKernelPackage source, Action<string>? say, CancellationToken cancellation)
    {
        var package = FindDownloaded(source) ?? await DownloadAsync(source, say, cancellation);
        var image = Path.Combine(workspace.KernelImages($"stock-{source.Series}"), "vmlinuz");
        var ledger = new StepLedger(workspace);
        await ledger.RunAsync(
            new StepPlan
            {
                Name = $"linux-stock-{source.Series}",
                Done = "unpacked",
                Inputs = ledger.NewFingerprint().AddFile("package", package),
                Outputs = [image],
                Build = (staging, token) => UnpackAsync(package, staging, Path.GetFileName(image), token),
            },
            cancellation);
        return new StockKernel($"{NameOf(package)} {source.Version}", image);
    }

    private string? FindDownloaded(DebianKernelPackage source) => _kinds
        .Select(kind => _packages.Find($"{kind}-{source.Series}*-cloud-amd64", source.Version))
        .FirstOrDefault(package => package is not null && Pattern(source).IsMatch(NameOf(package)));

    private async Task<string> DownloadAsync(DebianKernelPackage source, Action<string>? say, CancellationToken cancellation)
    {
        var remedy = $"run apt-get update; if the mirror has moved on, delete {source.Package} and build the kernel again from the newer source";
        var name = await FindNameAsync(source, cancellation)
            ?? throw new UserError($"this machine's Debian mirror has no linux-image-{source.Series}.*-cloud-amd64 and no linux-binary-{source.Series}.*-cloud-amd64 of version {source.Version}; {remedy}");
        say?.Invoke($"downloading {name} from this machine's Debian mirror");
        return await _packages.DownloadAsync(name, source.Version, remedy, cancellation);
    }

    private async Task<string?> FindNameAsync(DebianKernelPackage source, CancellationToken cancellation)
    {
        var names = new List<string>();
        foreach (var kind in _kinds)
            await processes.RunAsync(new ProcessRequest("apt-cache", ["pkgnames", $"{kind}-{source.Series}"]) { Deadline = TimeSpan.FromMinutes(1), OnLine = names.Add }, cancellation);
        var candidates = names.Where(name => Pattern(source).IsMatch(name)).Distinct().Order(StringComparer.Ordinal).ToList();
        if (candidates.Count == 0)
            return null;

        var lines = new List<string>();
        await processes.RunAsync(new ProcessRequest("apt-cache", ["madison", .. candidates]) { Deadline = TimeSpan.FromMinutes(1), OnLine = lines.Add }, cancellation);
        return lines
            .Select(line => Offer().Match(line))
            .Where(match => match.Success && match.Groups["version"].Value == source.Version)
            .Select(match => match.Groups["name"].Value)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private async Task UnpackAsync(string package, string staging, string image, CancellationToken cancellation)
    {
        var tree = Path.Combine(staging, "tree");
        var result = await processes.RunAsync(new ProcessRequest("dpkg-deb", "--extract", package, tree) { Deadline = TimeSpan.FromMinutes(5) }, cancellation);
        if (!result.InTime().Succeeded)
            throw new UserError($"cannot unpack {package}: {result.Cause}; delete it and run again");
        var boot = Path.Combine(tree, "boot");
        var modules = Path.Combine(tree, "usr", "lib", "modules");
        var kernel = Directory.Exists(boot) ? Directory.EnumerateFiles(boot, "vmlinuz-*").SingleOrDefault() : null;
        if (kernel is null && Directory.Exists(modules))
            kernel = Directory.EnumerateDirectories(modules).Select(folder => Path.Combine(folder, "vmlinuz")).SingleOrDefault(File.Exists);
        File.Move(kernel ?? throw new UserError($"{package} holds neither boot/vmlinuz-* nor usr/lib/modules/*/vmlinuz: it is no kernel image"), Path.Combine(staging, image));
    }

    // "linux-image-6.1.0-56-cloud-amd64", "linux-binary-6.19+deb14-cloud-amd64"; 6.12 is none of 6.1.
    private static Regex Pattern(DebianKernelPackage source) => new($@"^({string.Join('|', _kinds)})-{Regex.Escape(source.Series)}[.+].*-cloud-amd64$");

    private static string NameOf(string package) => Path.GetFileName(package).Split('_')[0];

    // "linux-image-6.1.0-56-cloud-amd64 |  6.1.192-2 | http://… Packages"
    [GeneratedRegex(@"^\s*(?<name>\S+)\s*\|\s*(?<version>\S+)\s*\|")]
    private static partial Regex Offer();
}

/// <summary>The distribution's own kernel, unpacked and never installed.</summary>
/// <param name="Package">Package and version, for people: <c>linux-image-6.1.0-56-cloud-amd64 6.1.192-2</c>.</param>
/// <param name="Image">Absolute path of its bzImage.</param>
public sealed record StockKernel(string Package, string Image);
