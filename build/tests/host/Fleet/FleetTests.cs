using System.Text.Json.Nodes;

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
        // A node that is back before it is missed keeps its job, which nothing runs any more, for much longer.
        await UntilAsync(() => _slurm.State("n2").StartsWith("down", StringComparison.Ordinal));
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

    [Fact]
    public async Task Should_Keep_The_Other_Machines_When_One_Is_Cancelled_Half_Way()
    {
        var fleet = Run("--target=Fleet", "--wait", "--runs=40");
        await UntilAsync(() => Directory.Exists(_checkout.Path("eval", "fleet", "n2", "eval", "raw", "floor")));

        _slurm.Cancel("n2");
        await UntilAsync(() => File.Exists(_checkout.Path("results", "fleet", "n2", "measure.log")));
        var merged = await Run("--target=Merge", "--from=" + _checkout.Path("results", "fleet"));
        var ended = await fleet.WaitAsync(_patience, TestContext.Current.CancellationToken);

        // Merged while others ran: all of those that were ready, or the reason why there is nothing to merge.
        Assert.InRange(merged.ExitCode, 0, 1);
        Assert.DoesNotContain("waiting for it", merged.Output + merged.Errors, StringComparison.Ordinal);
        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(["n1", "n3"], Machines(machine => machine["reason"] is null));
        Assert.Equal(["n2"], Machines(machine => machine["reason"] is not null));
        Assert.Contains(File.ReadAllText(_checkout.Path("results", "fleet", "n2", "missing.txt")).Trim(), ended.Errors, StringComparison.Ordinal);
        Assert.Equal([5, 5, 5, 5], Costs());
    }

    [Fact]
    public async Task Should_End_Both_Well_When_Two_Fleets_Share_A_Node()
    {
        var first = Run("--target=Fleet", "--wait", "--runs=2", "--nodes=n1,n2");
        await UntilAsync(() => Directory.Exists(_checkout.Path("results", "fleet")));

        var second = await Run("--target=Fleet", "--wait", "--runs=2", "--nodes=n2,n3").WaitAsync(_patience, TestContext.Current.CancellationToken);
        var ended = await first.WaitAsync(_patience, TestContext.Current.CancellationToken);

        Assert.True((ended.ExitCode, second.ExitCode) == (0, 0), ended.Output + ended.Errors + second.Output + second.Errors);
        Assert.Equal(["n1", "n2", "n3"], Machines(machine => machine["reason"] is null));
        Assert.Equal([5, 5, 5, 5, 5, 5], Costs());
    }

    [Fact]
    public async Task Should_Refuse_What_The_Cluster_Has_Not_When_Nothing_Was_Built_Yet()
    {
        // One cluster for all of them: it takes longer to start than they do.
        (string[] Options, int ExitCode, string Named)[] wrong =
        [
            (["--nodes=n1,n7"], 1, "n7"), (["--constraint=f1,fast"], 1, "fast"), (["--partition=gpu"], 1, "gpu"),
            (["--nodes="], 2, "--nodes"), (["--nodes=n1", "--constraint=f2"], 2, "--constraint"),
        ];
        foreach (var (options, exitCode, named) in wrong)
        {
            var ended = await Run(["--target=Fleet", .. options]);

            Assert.True(ended.ExitCode == exitCode, ended.Errors);
            Assert.Contains(named, Assert.Single(ended.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        }

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
