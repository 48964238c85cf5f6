using SyscallBench.Fleet;
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
        var kvm = ResultsFile.Read(Captured.PathOf("kvm-results.json"));
        var tcg = Tcg with { Provenance = Tcg.Provenance with { Hashes = kvm.Provenance.Hashes } };
        Bring("a", tcg);
        Bring("b", kvm);

        var merged = Merge();

        Assert.Equal("kvm+tcg", merged.Accelerator);
        Assert.Equal(Costs(tcg.Rows), Costs(Of(merged, "a")));
        Assert.Equal(Costs(kvm.Rows), Costs(Of(merged, "b")));
        Assert.All(HtmlMachines.Costs(merged), table => Assert.Equal(table.Title.Contains("cycles", StringComparison.Ordinal), table.Rows.Any(row => row[0].StartsWith("b,", StringComparison.Ordinal))));
        // Each unit has one CPU model: no column has to name it.
        Assert.All(HtmlMachines.Costs(merged), table => Assert.DoesNotContain(table.Head, column => column.Title.Contains("Skylake", StringComparison.Ordinal)));
        Assert.All(Plots.Rows(new Report(merged, []), Call.Scall), row => Assert.Equal(Unit.Cycles, row.Unit));
        var csv = File.ReadAllLines(Path.Combine(_tree.Workspace.MergedResults, "table.csv"));
        Assert.Contains(csv, line => line.Contains("instructions", StringComparison.Ordinal));
        Assert.Contains(csv, line => line.Contains("cycles", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, "settings.svg")]
    [InlineData(40, "machines.svg")]
    public void Should_Draw_The_Machines_On_One_Axis_However_Many_They_Are(int count, string figure)
    {
        foreach (var machine in Enumerable.Range(10, count))
            Bring($"n{machine}", Kvm);

        Merge();

        var drawn = File.ReadAllText(Path.Combine(_tree.Workspace.MergedResults, figure));
        Assert.All(Enumerable.Range(10, count), machine => Assert.Contains($"n{machine}", drawn, StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(_tree.Workspace.MergedResults, "*.svg"), file => Path.GetFileName(file) is "settings.svg" or "machines.svg");
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
    public void Should_Keep_What_Was_Measured_Last_When_Images_Differ()
    {
        var newer = Tcg.Provenance with { Started = Tcg.Provenance.Started.AddDays(1), Hashes = Tcg.Provenance.Hashes.ToDictionary(image => image.Key, _ => new string('0', 64)) };
        Bring("a", Tcg);
        Bring("b", Tcg with { Provenance = newer });
        Bring("c", Tcg with { Provenance = newer });

        Assert.Equal(["b", "c"], Merge().Machines.Where(machine => machine.Reason is null).Select(machine => machine.Name));
    }

    [Fact]
    public void Should_Say_Once_What_Was_Noticed_On_Every_Machine()
    {
        var noticed = new Finding(Severity.Warning, "the machine", "the governor is powersave");
        foreach (var machine in (string[])["a", "b", "c"])
            Bring(machine, Tcg with { Findings = [noticed, noticed with { Severity = Severity.Info }] });

        var finding = Assert.Single(Merge().Findings);

        Assert.Equal((noticed.Seen, "a, b, c: the machine"), (finding.Seen, finding.Subject));
    }

    [Theory]
    [InlineData("{\"grades\": {\"tcg\": \"not-fit\", \"kvm\": \"fit\"}}", "not-fit")]
    [InlineData("{\"grades\": {", null)]
    public void Should_Say_How_Fit_A_Machine_Is_When_Doctor_Was_Asked(string doctor, string? grade)
    {
        Bring("a", Tcg);
        _tree.Write("fleet/a/doctor.json", doctor);

        Assert.Equal(grade, Assert.Single(Merge().Machines).Grade);
        Assert.Equal(grade is not null, File.ReadAllText(Path.Combine(_tree.Workspace.MergedResults, "report.html")).Contains(">not fit</td>", StringComparison.Ordinal));
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
        Bring("c", Tcg);

        Assert.Equal(["a", "b", "c"], Merge().Machines.Select(machine => machine.Name));
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
    [InlineData("fleet", "a file")]
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

    private static HashSet<(string Platform, Call Call, Unit? Unit, NetCost? Net)> Costs(IEnumerable<ResultRow> rows) => [.. rows.Select(row => (row.Platform, row.Call, row.Unit, row.Net))];

    private static IEnumerable<ResultRow> Of(ResultsDocument document, string machine) => document.Rows.Where(row => document.SettingOf(row)?.Machine == machine);

    private void Bring(string machine, ResultsDocument document) => ResultsFile.Write(_tree.Write($"fleet/{machine}/results.json", ""), document);

    private ResultsDocument Merge(params string[] folders) =>
        new ResultsMerge(
            _tree.Workspace.MergedResults,
            [.. (folders.Length == 0 ? ["fleet"] : folders).SelectMany(folder => MachineFolder.In(Path.Combine(_tree.Root, folder)))],
            new ProvenanceReader("1.0.0", () => null, 1),
            ["./build.sh", "--target=Merge"]).Run(CancellationToken.None);
}
