using System.Text.Json.Nodes;
using SyscallBench.Model;

namespace SyscallBench.Build.Tests.Fleet;

/// <summary>The whole of Fleet on a Slurm of this machine's own: three nodes, the floor guests under TCG. Skipped where Slurm is not installed.</summary>
public sealed class FleetTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    private readonly CheckoutFixture _checkout;
    private readonly SlurmFixture _slurm;

    public FleetTests()
    {
        CheckoutFixture.Require();
        _slurm = new SlurmFixture();
        _checkout = new CheckoutFixture();
        var tools = Path.Combine(Workspace.Above(AppContext.BaseDirectory).Root, "tools", "fleet");
        Directory.CreateDirectory(_checkout.Path("tools", "fleet"));
        File.Copy(Path.Combine(tools, "measure"), _checkout.Path("tools", "fleet", "measure"));
    }

    public void Dispose()
    {
        _slurm?.Dispose();
        _checkout?.Dispose();
    }

    [Fact]
    public async Task Should_Measure_Every_Node_When_One_Dies_Half_Way()
    {
        var fleet = Run("--target=Fleet", "--wait", "--runs=40");
        await UntilAsync(() => Directory.Exists(_checkout.Path("eval", "fleet", "n2", "eval", "raw", "floor")));

        _slurm.KillNode("n2");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        _slurm.StartNode("n2");
        var ended = await fleet.WaitAsync(_patience, TestContext.Current.CancellationToken);

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Equal(["n1", "n2", "n3"], Machines(machine => machine["reason"] is null));
        Assert.Equal([5, 5, 5, 5, 5, 5], Costs());
        Assert.Contains("requeue", File.ReadAllText(_slurm.Log), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Should_Keep_The_Other_Machines_When_One_Always_Fails()
    {
        // A QEMU that crashes on one node, as another node's CPU or disk might make it.
        var qemu = Path.Combine(_checkout.Programs, "qemu-system-x86_64");
        Directory.CreateDirectory(Path.GetDirectoryName(qemu)!);
        File.WriteAllText(qemu, "#!/bin/sh\n[ \"$SLURMD_NODENAME\" != n3 ] || { echo this node has no luck >&2; exit 1; }\nexec /usr/bin/qemu-system-x86_64 \"$@\"\n");
        File.SetUnixFileMode(qemu, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var ended = await Run("--target=Fleet", "--wait", "--runs=1").WaitAsync(_patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("n3", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(["n1", "n2"], Machines(machine => machine["reason"] is null));
        Assert.Equal([5, 5, 5, 5], Costs());
        Assert.True(File.Exists(_checkout.Path("results", "fleet", "n3", "measure.log")));
    }

    [Theory]
    [InlineData("--nodes=n1,n7", "n7")]
    [InlineData("--constraint=f1,fast", "fast")]
    [InlineData("--partition=gpu", "gpu")]
    public async Task Should_Refuse_What_The_Cluster_Has_Not_When_Nothing_Was_Built_Yet(string option, string named)
    {
        var ended = await Run("--target=Fleet", option);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(named, ended.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_checkout.Path("artifacts", "images")));
    }

    private Task<Ended> Run(params string[] args)
    {
        _checkout.Variables["SLURM_CONF"] = _slurm.Configuration;
        return _checkout.Run([.. args, "--setup=never", "--accel=tcg", "--platforms=floor,floor-ring0"]);
    }

    private JsonNode Merged => JsonNode.Parse(File.ReadAllText(_checkout.Path("results", "merged", "results.json")))!;

    private IEnumerable<string> Machines(Func<JsonNode, bool> which) => Merged["machines"]!.AsArray().Where(machine => which(machine!)).Select(machine => (string)machine!["name"]!);

    private IEnumerable<double> Costs() => Merged["rows"]!.AsArray().Where(row => (string)row!["call"]! == "scall" && row["net"] is not null).Select(row => (double)row!["net"]!["median"]!);

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 600, "it never came to that");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
