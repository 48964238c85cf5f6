using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

public sealed class LogImportTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Make_The_Usual_Results_And_Say_That_They_Were_Imported()
    {
        Log("linux.0");
        Log("linux.10", scall: 223);
        Log("linux.2");
        Log("unikraft.0", scall: 84);
        _files.Write("old/linux.0.typescript", "the same, unprocessed");
        _files.Write("old/tsc_mhz.txt", "3600\n");

        var document = Import();

        var linux = Row(document, "linux");
        Assert.Equal((3, 6, Unit.Cycles, 222.5), (linux.Boots, linux.Samples, linux.Unit, linux.Median));
        Assert.Equal(222.5 / 3.6, linux.Nanoseconds!.Median, 9);
        Assert.Null(linux.Net);
        Assert.Equal("turbostat", document.Provenance.Clocks["linux"].Source);
        Assert.Equal(RowStatus.NotMeasured, Row(document, "linux-nomitig").Status);
        Assert.Equal((3, 2, 1_000_000), (document.Provenance.Runs, document.Provenance.Rounds, document.Provenance.Iterations));
        Assert.Contains("not measured here", document.Provenance.Host["machine"], StringComparison.Ordinal);
        Assert.Contains(document.Findings, finding => finding.Seen.Contains("imported, not measured here", StringComparison.Ordinal));
        Assert.Equal(document.Rows, ResultsFile.Read(Path.Combine(_files.Workspace.ImportedResults, "results.json")).Rows);
        Assert.Contains("222.5", Answer.Of(document)[0], StringComparison.Ordinal);
        Assert.Contains("2.6 times Unikraft's 84.25", Answer.Of(document)[0], StringComparison.Ordinal);
        Assert.Contains("includes the loop", Answer.Of(document)[1], StringComparison.Ordinal);
        Assert.Equal(["linux-nomitig"], ResultTable.NotMeasured(document).Select(platform => platform.Platform));
        Assert.Contains("linux,imported,cycles,10,1,,70,,223.5,4.001,,,,", File.ReadLines(Path.Combine(_files.Workspace.ImportedResults, "samples.csv")));
    }

    [Fact]
    public void Should_Not_Touch_What_Was_Measured_Here()
    {
        Log("linux.0");
        string[] measured = [_files.Write("eval/raw/linux/boot-000.log", "raw"), _files.Write("eval/parsed/linux.csv", "parsed"), _files.Write("results/results.json", "results")];
        var imported = Directory.GetFiles(Path.Combine(_files.Root, "old")).ToDictionary(path => path, File.ReadAllText);

        Import();

        Assert.Equal(["raw", "parsed", "results"], measured.Select(File.ReadAllText));
        Assert.Equal(imported, Directory.GetFiles(Path.Combine(_files.Root, "old")).ToDictionary(path => path, File.ReadAllText));
    }

    [Fact]
    public void Should_Leave_A_Cut_Log_Out_And_Not_Advise_To_Delete_It()
    {
        Log("linux.0");
        _files.Write("old/linux.1", "CONFIG_NB_ROUNDS=2\ntsc\t70\nscall\t222.000\nfcall\t4.000\n");

        var document = Import();

        Assert.Contains(document.Findings, found => found.Remedy?.Contains("tsc_mhz.txt and import again", StringComparison.Ordinal) == true);
        Assert.Equal(1, Row(document, "linux").Boots);
        var finding = Assert.Single(document.Findings, finding => finding.Seen.Contains("cut after 1 of 2 rounds", StringComparison.Ordinal));
        Assert.Null(finding.Remedy);
    }

    [Fact]
    public void Should_Refuse_A_Folder_Without_Such_Logs()
    {
        _files.Write("old/boot-000.log", "tsc\t70\n");

        Assert.Contains("linux.0", Assert.Throws<UsageError>(Import).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files.Workspace.ImportedResults));
    }

    [Fact]
    public void Should_Refuse_Logs_Of_Another_Format()
    {
        Directory.CreateDirectory(Path.Combine(_files.Root, "old"));
        File.Copy(Captured.PathOf("linux.log"), Path.Combine(_files.Root, "old", "linux.0"));

        Assert.Contains("old", Assert.Throws<UserError>(Import).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_files.Workspace.ImportedResults));
    }

    private static ResultRow Row(ResultsDocument document, string platform) => document.Rows.Single(row => row.Platform == platform && row.Call == Call.Scall);

    // As the artifact's own process_typescript leaves a console: kernel messages, the settings, the rounds.
    private void Log(string name, int scall = 222) => _files.Write(
        $"old/{name}",
        $"""
        Script started on 2021-03-09 18:20:02+00:00
        [    0.000000] Linux version 5.11.0-sysnoop+
        --- 8< ---
        CONFIG_WARMUP=y
        CONFIG_NB_ROUNDS=2
        CONFIG_ITER_PER_ROUND=1000000
        --- >8 ---

        tsc	70
        scall	{scall}.000
        fcall	4.000

        tsc	70
        scall	{scall}.500
        fcall	4.001

        """);

    private ResultsDocument Import() => new LogImport(_files.Workspace, Path.Combine(_files.Root, "old"), new ProvenanceReader("test", () => null, 1), ["./build.sh"])
        .Run(TestContext.Current.CancellationToken);
}
