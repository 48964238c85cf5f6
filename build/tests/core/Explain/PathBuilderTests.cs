using SyscallBench.Explain;
using SyscallBench.Results;

namespace SyscallBench.Tests.Explain;

public sealed class PathBuilderTests
{
    [Theory]
    [InlineData("linux-skylake", 253)]
    [InlineData("linux-nomitig-skylake", 240)]
    [InlineData("linux-epyc", 270)]
    [InlineData("linux-nomitig-epyc", 240)]
    public void Should_Name_Every_Instruction_When_A_Trace_Has_Its_Symbols(string name, int total)
    {
        var path = CapturedTrace.Path(name);

        Assert.Equal(total, path.Total);
        Assert.Equal(total, path.Steps.Count);
        Assert.Equal(total, path.Functions.Sum(function => function.Instructions));
        Assert.DoesNotContain(path.Functions, function => function.Category == Category.Other);
        Assert.Equal(25, path.CountOf("x64_sys_call"));
        Assert.Equal(14, path.CountOf("fpregs_assert_state_consistent"));
        Assert.Equal(new ExplainedFunction("time_scall", 1, Category.EntryAndExit), path.Functions[0]);
    }

    [Theory]
    [InlineData("linux-skylake", 92, 8, 10, 48, 14, 64, 14, 3)]
    [InlineData("linux-nomitig-skylake", 92, 0, 5, 48, 14, 64, 14, 3)]
    [InlineData("linux-epyc", 92, 0, 35, 48, 14, 64, 14, 3)]
    public void Should_Say_What_Instructions_Are_For(string name, int entry, int pageTables, int mitigations, int dispatch, int stack, int tracking, int debug, int call)
    {
        var counts = CapturedTrace.Path(name).ByCategory().ToDictionary(each => each.Category, each => each.Instructions);

        Assert.Equal(entry, counts[Category.EntryAndExit]);
        Assert.Equal(pageTables, counts.GetValueOrDefault(Category.PageTables));
        Assert.Equal(mitigations, counts[Category.SpeculationMitigations]);
        Assert.Equal(dispatch, counts[Category.Dispatch]);
        Assert.Equal(stack, counts[Category.StackRandomisation]);
        Assert.Equal(tracking, counts[Category.ContextTrackingAndWorkFlags]);
        Assert.Equal(debug, counts[Category.DebugChecks]);
        Assert.Equal(call, counts[Category.TheCallItself]);
    }

    [Fact]
    public void Should_Mark_What_Costs_Far_More_Than_One()
    {
        var marked = CapturedTrace.Path("linux-skylake").Steps.Where(step => step.Note is not null).Select(step => step.Text.Split(' ')[0]);

        Assert.Equal(["syscall", "swapgs", "mov", "rdtsc", "mov", "swapgs", "verw", "sysretq"], marked);
    }

    [Fact]
    public void Should_Refuse_Symbols_When_The_Entry_Has_Another_Name()
    {
        using var folder = new TemporaryWorkspace();
        var map = folder.Write("System.map", File.ReadAllText(CapturedTrace.Map).Replace("ffffffff81400080 T entry_SYSCALL_64", "ffffffff81400040 T entry_SYSCALL_64", StringComparison.Ordinal));

        Assert.Throws<UserError>(() => CapturedTrace.Path("linux-skylake", map));
    }

    [Fact]
    public void Should_Refuse_Symbols_When_Calls_Lead_Into_Functions()
    {
        using var folder = new TemporaryWorkspace();
        var lines = File.ReadAllLines(CapturedTrace.Map).Select(line => line.EndsWith("SYSCALL_64", StringComparison.Ordinal) ? line : "ffffffff8" + (line[9] == '1' ? "0" : "1") + line[10..]);
        var map = folder.Write("System.map", string.Join('\n', lines));

        Assert.Throws<UserError>(() => CapturedTrace.Path("linux-skylake", map));
    }

    [Fact]
    public void Should_Name_The_Line_When_A_Map_Is_None()
    {
        using var folder = new TemporaryWorkspace();
        var map = folder.Write("System.map", "ffffffff81000000 T _text\nnonsense\n");

        Assert.Contains(":2:", Assert.Throws<UserError>(() => Symbols.FromFile(map)).Message, StringComparison.Ordinal);
    }
}
