using System.Diagnostics;
using SyscallBench.Reports;

namespace SyscallBench.Tests.Reports;

public sealed class ResultsFolderTests : IDisposable
{
    private readonly TemporaryWorkspace _workspace = new();

    [Fact]
    public void Should_Write_Every_File_When_All_Goes_Well()
    {
        var written = new ResultsFolder(_workspace.Workspace.Results).Write(SampleReports.Tcg(), Exporter.All);

        Assert.Equal(Exporter.All.Where(exporter => exporter.Export(SampleReports.Tcg()) is not null).Select(exporter => exporter.FileName).Append("SHA256SUMS").Order(), Directory.GetFileSystemEntries(_workspace.Workspace.Results).Select(Path.GetFileName).Order());
        Assert.All(written, path => Assert.NotEqual(0, new FileInfo(path).Length));
    }

    [Fact]
    public void Should_Remove_An_Older_Runs_Figure_When_This_Run_Has_None()
    {
        var folder = new ResultsFolder(_workspace.Workspace.Results);
        folder.Write(SampleReports.Kvm(), Exporter.All);
        Assert.True(File.Exists(Path.Combine(_workspace.Workspace.Results, "distribution.png")));

        folder.Write(SampleReports.Tcg(), Exporter.All);

        Assert.False(File.Exists(Path.Combine(_workspace.Workspace.Results, "distribution.png")));
        Assert.Equal(0, Sha256Sum());
    }

    [Fact]
    public void Should_Write_Checksums_That_The_Usual_Program_Accepts()
    {
        new ResultsFolder(_workspace.Workspace.Results).Write(SampleReports.Tcg(), Exporter.All);

        Assert.Equal(0, Sha256Sum());
        File.AppendAllText(Path.Combine(_workspace.Workspace.Results, "table.csv"), "x");
        Assert.Equal(1, Sha256Sum());
    }

    [Fact]
    public void Should_Have_No_Checksums_And_The_Old_Document_When_It_Ends_Among_The_Renames()
    {
        var folder = new ResultsFolder(_workspace.Workspace.Results);
        folder.Write(SampleReports.Tcg(), Exporter.All);
        var old = File.ReadAllText(_workspace.Workspace.ResultsFile);
        // Nothing can be renamed to the name of a folder.
        File.Delete(Path.Combine(_workspace.Workspace.Results, "table.tex"));
        Directory.CreateDirectory(Path.Combine(_workspace.Workspace.Results, "table.tex"));

        Assert.Throws<UserError>(() => folder.Write(SampleReports.Kvm(), Exporter.All));

        Assert.False(File.Exists(Path.Combine(_workspace.Workspace.Results, "SHA256SUMS")));
        Assert.Equal(old, File.ReadAllText(_workspace.Workspace.ResultsFile));
    }

    [Fact]
    public void Should_Put_The_Document_In_Place_After_All_Others() => Assert.Same(Exporter.Json, Exporter.All[^1]);

    [Fact]
    public void Should_Leave_Old_Results_Alone_When_An_Exporter_Fails()
    {
        var old = _workspace.Write("results/table.csv", "old");

        Assert.Throws<InvalidOperationException>(() =>
            new ResultsFolder(_workspace.Workspace.Results).Write(SampleReports.Tcg(), [Exporter.Lines("table.csv", _ => ["new"]), Exporter.Text("broken", _ => throw new InvalidOperationException("broken on purpose"))]));

        Assert.Equal("old", File.ReadAllText(old));
        Assert.Equal([old], Directory.GetFileSystemEntries(_workspace.Workspace.Results));
    }

    [Fact]
    public void Should_Say_So_Before_The_Work_When_Results_Cannot_Be_Written()
    {
        var file = _workspace.Write("results", "a file where the folder should be");

        var error = Assert.Throws<UserError>(() => new ResultsFolder(file).Probe());

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Leave_Nothing_Behind_When_Only_Probed()
    {
        new ResultsFolder(_workspace.Workspace.Results).Probe();

        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Workspace.Results));
    }

    [Fact]
    public void Should_Remove_What_A_Killed_Run_Left_When_Probed()
    {
        _workspace.Write("results/.new-0123/table.csv", "half");

        new ResultsFolder(_workspace.Workspace.Results).Probe();

        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Workspace.Results));
    }

    public void Dispose() => _workspace.Dispose();

    private int Sha256Sum()
    {
        using var process = Process.Start(new ProcessStartInfo("sha256sum", ["--check", "--status", "SHA256SUMS"]) { WorkingDirectory = _workspace.Workspace.Results })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
