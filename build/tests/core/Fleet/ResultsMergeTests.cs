using SyscallBench.Fleet;
using SyscallBench.Model;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Tests.Reports;

namespace SyscallBench.Tests.Fleet;

public sealed class ResultsMergeTests : IDisposable
{
    private readonly TemporaryWorkspace _tree = new();

    private static ResultsDocument Tcg => SampleReports.Tcg().Document;

    private static ResultsDocument Kvm => SampleReports.Kvm().Document with { Provenance = SampleReports.Kvm().Document.Provenance with { Hashes = Tcg.Provenance.Hashes } };

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Should_Have_Every_Row_Of_Every_Machine_When_They_Are_Alike()
    {
        Bring("a", Tcg);
        Bring("b", Tcg);

        var merged = Merge();

        Assert.Equal(["a", "b"], merged.Machines.Select(machine => machine.Name));
        Assert.Equal(2 * Tcg.Rows.Count, merged.Rows.Count);
        Assert.All(merged.Rows, row => Assert.NotNull(merged.SettingOf(row)));
        Assert.Equal(merged.Rows.Count, merged.Rows.Select(row => (row.Platform, row.Call, row.Setting)).Distinct().Count());
        Assert.Equal(merged.Rows, ResultsFile.Read(_tree.Workspace.MergedResults + "/results.json").Rows);
    }

    [Fact]
    public void Should_Keep_Units_Apart_When_Only_Some_Machines_Have_Kvm()
    {
        Bring("a", Tcg);
        Bring("b", Kvm);

        var merged = Merge();

        Assert.Equal("kvm+tcg", merged.Accelerator);
        Assert.Equal(Tcg.Rows.Select(row => row.Net), Of(merged, "a").Select(row => row.Net));
        Assert.Equal(Kvm.Rows.Select(row => row.Net), Of(merged, "b").Select(row => row.Net));
        var csv = File.ReadAllLines(Path.Combine(_tree.Workspace.MergedResults, "table.csv"));
        Assert.Contains(csv, line => line.Contains("instructions", StringComparison.Ordinal));
        Assert.Contains(csv, line => line.Contains("cycles", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Fit_A_Terminal_When_Machines_And_Intervals_Are_Shown()
    {
        foreach (var machine in (string[])["a-node-of-a-cluster-01", "a-node-of-a-cluster-02", "a-node-of-a-cluster-03"])
            Bring(machine, Kvm);

        var lines = TerminalSummary.Lines(Merge(), "results/merged");

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.Contains("a-node-of-a-cluster-03", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Leave_Out_A_Machine_When_It_Booted_Another_Image()
    {
        Bring("a", Tcg);
        Bring("b", Tcg with { Provenance = Tcg.Provenance with { Hashes = Tcg.Provenance.Hashes.ToDictionary(image => image.Key, _ => new string('0', 64)) } });

        var merged = Merge();

        Assert.Null(merged.Machines[0].Reason);
        Assert.NotNull(merged.Machines[1].Reason);
        Assert.Empty(Of(merged, "b"));
    }

    [Fact]
    public void Should_Name_The_Machine_That_Brought_Nothing_When_Others_Did()
    {
        Bring("a", Tcg);
        _tree.Write("fleet/b/missing.txt", "its node died\u001b[2J\n");

        var merged = Merge();

        Assert.Equal(["a", "b"], merged.Machines.Select(machine => machine.Name));
        Assert.StartsWith("its node died", merged.Machines[1].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', File.ReadAllText(Path.Combine(_tree.Workspace.MergedResults, "report.html")));
    }

    [Fact]
    public void Should_Read_A_File_For_Each_Machine_When_People_Sent_Files()
    {
        ResultsFile.Write(_tree.Write("fleet/a.json", ""), Tcg);
        ResultsFile.Write(_tree.Write("fleet/b.json", ""), Tcg);

        Assert.Equal(["a", "b"], Merge().Machines.Select(machine => machine.Name));
    }

    [Fact]
    public void Should_Refuse_When_A_Machine_Is_There_Twice()
    {
        Bring("a", Tcg);
        ResultsFile.Write(_tree.Write("others/a/results.json", ""), Tcg);

        Assert.Throws<UserError>(() => Merge("fleet", "others"));
        Assert.False(Directory.Exists(_tree.Workspace.MergedResults));
    }

    [Theory]
    [InlineData("fleet/a/results.json", "{\"schema\": \"syscall-bench/results/v9\"}")]
    [InlineData("fleet/a/results.json", "{\"schema\": \"syscall-ben")]
    [InlineData("fleet/a/missing.txt", "nothing yet")]
    [InlineData("fleet/readme.txt", "no results at all")]
    [InlineData("elsewhere/a/missing.txt", "no such folder")]
    public void Should_Refuse_When_There_Is_Nothing_To_Merge(string file, string text)
    {
        _tree.Write(file, text);

        Assert.Throws<UserError>(() => Merge());
    }

    [Fact]
    public void Should_Refuse_When_The_Results_Are_Merged_Ones()
    {
        Bring("a", Tcg);
        Merge();

        Assert.Throws<UserError>(() => Merge("results/merged"));
    }

    private static IEnumerable<ResultRow> Of(ResultsDocument document, string machine) => document.Rows.Where(row => document.SettingOf(row)?.Machine == machine);

    private void Bring(string machine, ResultsDocument document) => ResultsFile.Write(_tree.Write($"fleet/{machine}/results.json", ""), document);

    private ResultsDocument Merge(params string[] folders) =>
        new ResultsMerge(_tree.Workspace.MergedResults, [.. (folders.Length == 0 ? ["fleet"] : folders).SelectMany(folder => MachineFolder.In(Path.Combine(_tree.Root, folder)))])
        {
            Program = "1.0.0",
            CommandLine = ["./build.sh", "--target=Merge"],
        }.Run(CancellationToken.None);
}
