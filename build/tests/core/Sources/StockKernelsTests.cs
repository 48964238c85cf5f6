using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Steps;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Sources;

public sealed class StockKernelsTests : IDisposable, IProcessRunner
{
    private const string Name = "linux-image-6.1.0-56-cloud-amd64";

    private readonly TemporaryWorkspace _files = new();
    private readonly List<string> _commands = [];

    // What the machine's own lists have, and what those of all suites have besides.
    private readonly List<(string Name, string Version)> _own = [("linux-image-6.1.0-55-cloud-amd64", "6.1.99-1"), (Name, "6.1.192-2")];
    private readonly List<(string Name, string Version)> _others = [("linux-image-5.10.0-46-cloud-amd64", "5.10.262-1")];
    private string _mirror = "Debian http://mirror/debian/";

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("6.1.192-2")]
    [InlineData("6.1.192")]
    [InlineData("6.1")]
    public async Task Should_Get_The_Newest_Image_Of_A_Release_From_The_Machines_Own_Lists(string release)
    {
        var kernel = await GetAsync(release);

        Assert.Equal($"{Name} 6.1.192-2", kernel.ToString());
        Assert.Equal("a kernel", File.ReadAllText(kernel.Image));
        Assert.Equal(
            ["apt-cache pkgnames linux-", $"apt-cache madison linux-image-6.1.0-55-cloud-amd64 {Name}", $"apt-get download --quiet=2 {Name}=6.1.192-2", "dpkg-deb --extract"],
            _commands);
    }

    [Fact]
    public async Task Should_Ask_Nobody_When_It_Is_Kept()
    {
        var first = await GetAsync("6.1");
        _commands.Clear();

        Assert.Equal(first, await GetAsync("6.1.192"));
        Assert.Empty(_commands);
    }

    [Fact]
    public async Task Should_Refuse_A_Kept_Image_That_Was_Changed()
    {
        var kernel = await GetAsync("6.1");
        await File.AppendAllTextAsync(kernel.Image, "!", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<UserError>(() => GetAsync("6.1"));

        Assert.Contains(kernel.Image, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Look_In_Every_Suite_When_The_Machines_Own_Has_None()
    {
        Assert.Equal("5.10.262-1", (await GetAsync("5.10")).Version);
        Assert.Contains("apt-get update --quiet=2", _commands);
        _commands.Clear();

        // The lists are of today; 6.1 is in the machine's own.
        await Assert.ThrowsAsync<UnknownReleaseError>(() => GetAsync("5.11"));
        Assert.DoesNotContain("apt-get update --quiet=2", _commands);
    }

    [Fact]
    public async Task Should_Name_What_There_Is_When_No_Suite_Has_The_Release()
    {
        var error = await Assert.ThrowsAsync<UnknownReleaseError>(() => GetAsync("6.1.9"));

        Assert.EndsWith("5.10, 6.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Take_The_Mirror_And_The_Proxy_From_The_Machine_And_Nothing_Else()
    {
        await GetAsync("5.10");

        var sources = File.ReadAllLines(Path.Combine(_files.Workspace.Artifacts, "apt", "sources.list"));
        Assert.Contains(sources, line => line.EndsWith("http://mirror/debian/ bookworm-backports main", StringComparison.Ordinal));
        Assert.DoesNotContain(sources, line => line.Contains("security", StringComparison.Ordinal));
        var settings = File.ReadAllLines(Path.Combine(_files.Workspace.Artifacts, "apt", "apt.conf"));
        Assert.Contains("Acquire::http::Proxy \"http://proxy:3128\";", settings);
        Assert.DoesNotContain(settings, line => line.Contains("Post-Invoke", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Say_So_When_Apt_Knows_No_Debian()
    {
        _mirror = "Ubuntu http://mirror/ubuntu/";

        var error = await Assert.ThrowsAsync<UserError>(() => GetAsync("5.10"));

        Assert.Contains("no Debian", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_That_The_Package_Holds_No_Kernel()
    {
        _own.Add(("linux-image-6.2.0-1-cloud-amd64", "6.2.1-1"));

        var error = await Assert.ThrowsAsync<UserError>(() => GetAsync("6.2"));

        Assert.Contains("linux-image-6.2.0-1-cloud-amd64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Take_The_Package_That_Holds_The_Kernel_When_Image_And_Binary_Are_Two()
    {
        _own.Add(("linux-image-7.3.4+deb13-cloud-amd64", "7.3.4-1"));
        _own.Add(("linux-binary-7.3.4+deb13-cloud-amd64", "7.3.4-1"));

        var kernel = await GetAsync("7.3");

        Assert.Equal("linux-binary-7.3.4+deb13-cloud-amd64", kernel.Package);
        Assert.Equal("a kernel among its modules", File.ReadAllText(kernel.Image));
    }

    public Task<ProcessResult> RunAsync(ProcessRequest command, CancellationToken cancellation)
    {
        _commands.Add($"{command.Program} {string.Join(' ', command.Arguments.Where(word => !word.StartsWith('/')))}");
        var offers = command.Environment.ContainsKey("APT_CONFIG") ? [.. _own, .. _others] : _own;
        return (command.Program, command.Arguments[0]) switch
        {
            // Debian's other flavours, and what else begins like it, are none of ours.
            ("apt-cache", "pkgnames") => FakeProcesses.Ended(
                command, 0, [.. offers.Select(offer => offer.Name), "linux-image-6.1-cloud-amd64", "linux-image-6.1.0-56-amd64", $"{Name}-dbg", "linux-image-6.1.0-56-cloud-arm64", "linux-binary-unsigned-6.1.0+1-cloud-amd64"]),
            ("apt-cache", "madison") => FakeProcesses.Ended(command, 0, [.. offers.Select(offer => $"{offer.Name} |  {offer.Version} | mirror bookworm/main amd64 Packages")]),
            ("apt-get", "indextargets") => FakeProcesses.Ended(command, 0, _mirror),
            ("apt-config", _) => FakeProcesses.Ended(command, 0, "Acquire::http::Proxy \"http://proxy:3128\";", "APT::Update::Post-Invoke:: \"rm -f /var/cache/apt/*.bin\";"),
            _ => FakeProcesses.Ended(command, Made(command)),
        };
    }

    private static int Made(ProcessRequest command)
    {
        var (place, content) = command.Arguments switch
        {
            ["download", .., var what] => (Path.Combine(command.WorkingDirectory!, what.Replace('=', '_') + "_amd64.deb"), "!<arch>\n"),
            [_, var package, _] when package.Contains("6.2.1", StringComparison.Ordinal) => (null, ""),
            [_, var package, var tree] when package.Contains("linux-binary", StringComparison.Ordinal) => (Path.Combine(tree, "usr", "lib", "modules", "7.3.4", "vmlinuz"), "a kernel among its modules"),
            ["--extract", _, var tree] => (Path.Combine(tree, "boot", "vmlinuz-6.1.0"), "a kernel"),
            _ => (null, ""),
        };
        if (place is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.WriteAllText(place, content);
        }

        return 0;
    }

    private Task<StockKernel> GetAsync(string release)
    {
        var hasher = new FileHasher(Path.Combine(_files.Workspace.State, "hashes.json"));
        return new StockKernels(_files.Workspace, this, hasher).GetAsync(release, say: null, TestContext.Current.CancellationToken);
    }
}
