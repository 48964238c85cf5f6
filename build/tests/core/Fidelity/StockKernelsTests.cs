using SyscallBench.Fidelity;
using SyscallBench.Model;
using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Fidelity;

public sealed class StockKernelsTests : IDisposable, IProcessRunner
{
    private const string Name = "linux-image-6.1.0-56-cloud-amd64";

    private readonly TemporaryWorkspace _files = new();
    private readonly List<string> _commands = [];
    private readonly List<string> _binaries = [];
    private readonly List<string> _offers =
    [
        " linux-image-6.1.0-55-cloud-amd64 |  6.1.192-1 | mirror bookworm-security/main amd64 Packages",
        $"{Name} |  6.1.192-2 | mirror bookworm-security/main amd64 Packages",
    ];

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_Get_The_Image_Of_The_Sources_Version()
    {
        var kernel = await GetAsync("6.1.192-2");

        Assert.Equal($"{Name} 6.1.192-2", kernel.Package);
        Assert.Equal("a kernel", File.ReadAllText(kernel.Image));
        Assert.Equal(
            [
                "apt-cache pkgnames linux-binary-6.1",
                "apt-cache pkgnames linux-image-6.1",
                $"apt-cache madison linux-image-6.1.0-55-cloud-amd64 {Name}",
                $"apt-get download --quiet=2 {Name}=6.1.192-2",
                "dpkg-deb --extract",
            ],
            _commands);
    }

    [Fact]
    public async Task Should_Do_Nothing_When_It_Is_There()
    {
        var first = await GetAsync("6.1.192-2");
        _commands.Clear();

        var second = await GetAsync("6.1.192-2");

        Assert.Equal(first, second);
        Assert.Empty(_commands);
    }

    [Fact]
    public async Task Should_Say_What_To_Do_When_The_Mirror_Has_No_Such_Version()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => GetAsync("6.1.170-1"));

        Assert.Contains("of version 6.1.170-1; run apt-get update", error.Message, StringComparison.Ordinal);
        Assert.Contains("linux-source-6.1_6.1.170-1_all.deb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_That_The_Package_Holds_No_Kernel()
    {
        _offers.Add($"{Name} | 6.1.200-1 | mirror");

        var error = await Assert.ThrowsAsync<UserError>(() => GetAsync("6.1.200-1"));

        Assert.Contains("no kernel image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Take_The_Package_That_Holds_The_Kernel_When_Image_And_Binary_Are_Two()
    {
        _binaries.Add("linux-binary-6.1+deb14-cloud-amd64");
        _offers.Insert(0, "linux-binary-6.1+deb14-cloud-amd64 | 6.1.300-1 | mirror");
        _offers.Insert(0, $"{Name} | 6.1.300-1 | mirror");

        var kernel = await GetAsync("6.1.300-1");
        var again = await GetAsync("6.1.300-1");

        Assert.Equal("linux-binary-6.1+deb14-cloud-amd64 6.1.300-1", kernel.Package);
        Assert.Equal("a kernel of its own package", File.ReadAllText(kernel.Image));
        Assert.Equal(kernel, again);
    }

    public Task<ProcessResult> RunAsync(ProcessRequest command, CancellationToken cancellation)
    {
        var words = command.Arguments.Where(word => !word.StartsWith('/'));
        _commands.Add($"{command.Program} {string.Join(' ', words)}");
        switch (command.Arguments[0])
        {
            // Debian's other flavours, and what else begins like it, are none of ours.
            case "pkgnames" when command.Arguments[1].StartsWith("linux-binary", StringComparison.Ordinal):
                Tell(_binaries);
                break;
            case "pkgnames":
                Tell([Name, "linux-image-6.12.1-cloud-amd64", "linux-image-6.1.0-56-amd64", $"{Name}-dbg", "linux-image-6.1.0-55-cloud-amd64", "linux-image-6.1.0-56-cloud-arm64"]);
                break;
            case "madison":
                Tell(_offers);
                break;
            case "download":
                File.WriteAllText(Path.Combine(command.WorkingDirectory!, command.Arguments[^1].Replace('=', '_') + "_amd64.deb"), "!<arch>\n");
                break;
            case "--extract" when command.Arguments[1].Contains("linux-binary", StringComparison.Ordinal):
                var modules = Directory.CreateDirectory(Path.Combine(command.Arguments[2], "usr", "lib", "modules", "6.19.1")).FullName;
                File.WriteAllText(Path.Combine(modules, "vmlinuz"), "a kernel of its own package");
                break;
            case "--extract" when command.Arguments[1].Contains("6.1.192-2", StringComparison.Ordinal):
                var boot = Directory.CreateDirectory(Path.Combine(command.Arguments[2], "boot")).FullName;
                File.WriteAllText(Path.Combine(boot, "vmlinuz-6.1.0-56-cloud-amd64"), "a kernel");
                break;
        }

        return FakeProcesses.Ended(command, 0);

        void Tell(IEnumerable<string> lines)
        {
            foreach (var line in lines)
                command.OnLine!(line);
        }
    }

    private Task<StockKernel> GetAsync(string version)
    {
        var source = new DebianKernelPackage
        {
            Name = "debian-6.1",
            Series = "6.1",
            Pin = $"linux-source-6.1 {version}",
            Package = Path.Combine(_files.Workspace.Downloads, $"linux-source-6.1_{version}_all.deb"),
        };
        return new StockKernels(_files.Workspace, this).GetAsync(source, say: null, TestContext.Current.CancellationToken);
    }
}
