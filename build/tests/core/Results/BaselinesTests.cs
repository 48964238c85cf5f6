using SyscallBench.Model;
using SyscallBench.Results;

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

    public void Dispose() => _workspace.Dispose();
}
