using System.Diagnostics;
using System.Text.Json.Nodes;
using SyscallBench.Results;
using SyscallBench.Tests.Reports;

namespace SyscallBench.Tests.Results;

public sealed class BaselinesTests : IDisposable
{
    private readonly TemporaryWorkspace _workspace = new();
    private readonly Baselines _baselines;

    public BaselinesTests() => _baselines = new Baselines(Path.Combine(_workspace.Root, "results", "baselines"));

    [Fact]
    public void Should_Be_Found_By_Name_When_Saved()
    {
        var results = _workspace.Write("results/results.json", "{}");

        var saved = _baselines.Save("main", results);

        Assert.Equal(saved, _baselines.Find("main"));
        Assert.Equal("{}", File.ReadAllText(saved));
        Assert.Equal(["main"], _baselines.Names);
    }

    [Fact]
    public void Should_Take_A_File_When_It_Exists()
    {
        var file = _workspace.Write("elsewhere.json", "{}");

        Assert.Equal(file, _baselines.Find(file));
    }

    [Fact]
    public void Should_List_What_Is_Saved_When_The_Name_Is_Unknown()
    {
        _baselines.Save("main", _workspace.Write("results/results.json", "{}"));

        var error = Assert.Throws<UsageError>(() => _baselines.Find("mian"));

        Assert.Contains("--baseline=mian", error.Message, StringComparison.Ordinal);
        Assert.Contains("saved: main", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Should_Refuse_A_Name_When_It_Could_Leave_The_Folder(string name)
    {
        Assert.Throws<UsageError>(() => _baselines.Save(name, _workspace.Write("results/results.json", "{}")));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("pipe")]
    [InlineData("link to a pipe")]
    [InlineData("empty")]
    [InlineData("70 MB")]
    public void Should_Refuse_At_Once_When_The_File_Is_Not_One(string what)
    {
        var path = what.StartsWith('/') ? what : Path.Combine(_workspace.Root, "baseline.json");
        if (what.EndsWith("pipe", StringComparison.Ordinal))
            Process.Start("mkfifo", [what == "pipe" ? path : path + ".pipe"])!.WaitForExit();
        if (what.StartsWith("link", StringComparison.Ordinal))
            File.CreateSymbolicLink(path, path + ".pipe");
        if (what is "empty" or "70 MB")
        {
            using var file = File.Create(path);
            file.SetLength(what == "empty" ? 0 : 70 << 20);
        }

        Assert.Contains(path, Assert.Throws<UserError>(() => Baselines.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows", "[null]")]
    [InlineData("findings", "[null]")]
    [InlineData("ratios", "[null]")]
    [InlineData("rows", "null")]
    [InlineData("provenance.hashes", "{ \"kernel\": null }")]
    [InlineData("provenance.guests", "{ \"linux\": null }")]
    [InlineData("rows.0.median", "null")]
    [InlineData("rows.0.median", "1e999")]
    [InlineData("rows.0.unit", "null")]
    public void Should_Say_So_In_One_Line_When_A_Value_Is_Missing(string where, string value)
    {
        var document = JsonNode.Parse(JsonFormat.Serialize(SampleReports.Tcg().Document))!;
        var names = where.Split('.');
        JsonNode parent = document;
        foreach (var name in names[..^1])
            parent = int.TryParse(name, out var index) ? parent[index]! : parent[name]!;
        parent[names[^1]] = "here";
        var path = _workspace.Write("bad.json", document.ToJsonString().Replace("\"here\"", value, StringComparison.Ordinal));

        var error = Assert.Throws<UserError>(() => Baselines.Read(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Should_Read_A_Baseline_Of_The_First_Version() =>
        Assert.Contains(Baselines.Read(Path.Combine(Workspace.Above(AppContext.BaseDirectory).Baselines, "tcg.json")).Rows, row => row is { Platform: "linux", Call: Call.Scall, Net.Median: 253 });

    public void Dispose() => _workspace.Dispose();
}
