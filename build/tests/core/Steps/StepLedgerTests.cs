using SyscallBench.Steps;

namespace SyscallBench.Tests.Steps;

public sealed class StepLedgerTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly string _source;
    private readonly string _output;

    public StepLedgerTests()
    {
        _source = _files.Write("bench-src/benchmark/bench.c", "int main;");
        _output = _files.Write("artifacts/images/bench", "ELF");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Say_First_Build_When_Nothing_Was_Recorded()
    {
        Assert.Equal("first time", WhyStale());
    }

    [Fact]
    public void Should_Find_Nothing_To_Do_When_Nothing_Changed()
    {
        Record();

        Assert.Null(WhyStale());
    }

    [Fact]
    public void Should_Name_The_Source_When_Its_Content_Changed()
    {
        Record();
        File.WriteAllText(_source, "int niam;");

        Assert.Equal("bench.c changed", WhyStale());
    }

    [Fact]
    public void Should_Find_Nothing_To_Do_When_Only_The_Time_Changed()
    {
        Record();
        File.SetLastWriteTimeUtc(_source, DateTime.UtcNow.AddHours(-3));

        Assert.Null(WhyStale());
    }

    [Fact]
    public void Should_Name_The_Source_When_It_Is_New_Or_Gone()
    {
        Record();
        var second = _files.Write("bench-src/benchmark/text.c", "");
        var added = WhyStale();
        File.Delete(second);
        Record();
        File.Move(_source, second);
        File.Delete(_source);

        Assert.Equal("text.c is new", added);
        Assert.Equal("text.c is new", WhyStale());
    }

    [Fact]
    public void Should_Name_The_Option_When_It_Changed()
    {
        Record("16");

        Assert.Equal("align was 16, is 64", WhyStale("64"));
    }

    [Fact]
    public void Should_Name_The_Output_When_It_Is_Missing_Or_Damaged()
    {
        Record();
        File.WriteAllText(_output, "half");
        var damaged = WhyStale();
        File.Delete(_output);

        Assert.Equal("output images/bench is not what was built", damaged);
        Assert.Equal("output images/bench is missing", WhyStale());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Schema\":1,\"Inputs\":")]
    [InlineData("null")]
    [InlineData("{\"Schema\":1,\"Inputs\":{},\"Outputs\":null,\"Facts\":{}}")]
    [InlineData("{\"Schema\":1,\"Inputs\":{\"align\":null},\"Outputs\":{},\"Facts\":{}}")]
    [InlineData("{\"Schema\":0,\"Inputs\":{},\"Outputs\":{},\"Facts\":{}}")]
    public void Should_Build_Again_When_The_Record_Is_Damaged_Or_Of_Another_Version(string record)
    {
        Record();
        File.WriteAllText(Path.Combine(_files.Workspace.State, "benchmark.json"), record);

        Assert.Equal("first time", WhyStale());
    }

    [Fact]
    public void Should_Name_The_Output_That_An_Older_Version_Did_Not_Make()
    {
        Record();
        var ledger = new StepLedger(_files.Workspace);
        var symbols = _files.Write("artifacts/images/bench.dbg", "ELF");

        Assert.Equal("output images/bench.dbg is missing", ledger.WhyStale("benchmark", Inputs(ledger, "64"), [_output, symbols]));
    }

    [Fact]
    public void Should_Give_The_Same_Fingerprint_When_The_Tree_Lies_Elsewhere()
    {
        using var other = new TemporaryWorkspace();
        other.Write("bench-src/benchmark/bench.c", "int main;");

        var here = new StepLedger(_files.Workspace).NewFingerprint().AddFolder(_files.Workspace.BenchmarkSources);
        var there = new StepLedger(other.Workspace).NewFingerprint().AddFolder(other.Workspace.BenchmarkSources);

        Assert.Equal(here.Inputs, there.Inputs);
    }

    private string? WhyStale(string alignment = "64")
    {
        var ledger = new StepLedger(_files.Workspace);
        return ledger.WhyStale("benchmark", Inputs(ledger, alignment));
    }

    private void Record(string alignment = "64")
    {
        var ledger = new StepLedger(_files.Workspace);
        ledger.Record("benchmark", Inputs(ledger, alignment), [_output], new Dictionary<string, string>());
    }

    private Fingerprint Inputs(StepLedger ledger, string alignment)
        => ledger.NewFingerprint().AddFolder(_files.Workspace.BenchmarkSources).Add("align", alignment);
}
