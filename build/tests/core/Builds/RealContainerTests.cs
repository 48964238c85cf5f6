using SyscallBench.Builds;
using SyscallBench.Processes;

namespace SyscallBench.Tests.Builds;

/// <summary>Builds in real containers; skipped by name where no engine answers.</summary>
public sealed class RealContainerTests(ThisMachine machine) : IDisposable
{
    private readonly TemporaryWorkspace _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task Should_Make_The_Hosts_Bytes_In_A_Closed_Container(string name)
    {
        var image = await ImageAsync(name);
        _files.Write("bench-src/benchmark/bench.c", "int answer = 42;\n");
        _files.Write("bench-src/benchmark/Makefile", "$(O)/syscallbench: bench.c\n\tgcc -c -o $@ $<\n");
        var container = new ContainerToolchain(_files.Workspace, Engine(name), machine.Processes, image);

        var inside = await MakeBuild.Benchmark(_files.Workspace, container).RunAsync(Cancellation);
        var outside = await MakeBuild.Benchmark(_files.Workspace, machine.Toolchain).RunAsync(Cancellation);

        var (theirs, ours) = (await container.IdentifyAsync(Cancellation), await machine.Toolchain.IdentifyAsync(Cancellation));
        if (theirs.Versions["gcc"] == ours.Versions["gcc"])
            Assert.Equal(inside.Outputs, outside.Outputs);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task Should_Have_No_Network_No_Rights_And_Leave_The_Callers_Files(string name)
    {
        var output = Directory.CreateDirectory(Path.Combine(_files.Root, "out")).FullName;
        var sandbox = new ContainerToolchain(_files.Workspace, Engine(name), machine.Processes, await ImageAsync(name)).Open(
            new BuildFolders("nothing", new Dictionary<string, string> { ["tests"] = _files.Root }, output, Path.Combine(_files.Root, "log")));

        await sandbox.RunAsync(new ProcessRequest("sh", "-c", "id -u >uid; ls /sys/class/net >net; grep CapEff /proc/self/status >caps; ! touch /src/tests/written"), Cancellation);

        Assert.NotEqual("0", File.ReadAllText(Path.Combine(output, "uid")).Trim());
        Assert.Equal("lo", File.ReadAllText(Path.Combine(output, "net")).Trim());
        Assert.EndsWith("0000000000000000", File.ReadAllText(Path.Combine(output, "caps")).Trim(), StringComparison.Ordinal);
        File.Delete(Path.Combine(output, "uid"));
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public async Task Should_Leave_No_Container_When_Cancelled(string name)
    {
        var output = Directory.CreateDirectory(Path.Combine(_files.Root, "out")).FullName;
        var sandbox = new ContainerToolchain(_files.Workspace, Engine(name), machine.Processes, await ImageAsync(name)).Open(
            new BuildFolders("nothing", new Dictionary<string, string>(), output, Path.Combine(_files.Root, "log")));
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var endless = new ProcessRequest("sh", "-c", "echo started; sleep 611") { OnLine = _ => cancelled.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.RunAsync(endless, cancelled.Token));

        var running = new List<string>();
        await machine.Processes.RunAsync(new ProcessRequest(name, "ps", "--all", "--no-trunc", "--format", "{{.Command}}") { OnLine = running.Add }, Cancellation);
        Assert.DoesNotContain(running, command => command.Contains("sleep 611", StringComparison.Ordinal));
    }

    private ContainerEngine Engine(string name) => new(name, machine.Processes);

    private async Task<string> ImageAsync(string name)
    {
        var why = await Engine(name).WhyUnusableAsync(Cancellation);
        Assert.SkipWhen(why is not null, why ?? "");
        var repository = Workspace.Above(AppContext.BaseDirectory);
        return await new ToolchainImage(repository, Engine(name), machine.Processes, Environment.IsPrivilegedProcess).EnsureAsync(say: null, Cancellation);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
