using SyscallBench.Explain;
using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Tests.Explain;

public sealed class ExplanationTests
{
    [Fact]
    public void Should_Find_The_Thirteen_When_Mitigations_Are_On_And_Off()
    {
        var diff = Diff("linux-nomitig-skylake", "linux-skylake");

        Assert.Equal(13, diff.Delta);
        Assert.Equal(13, diff.Functions.Sum(function => function.Delta));
        Assert.Equal(
            [("entry_SYSCALL_64", 4), ("its_return_thunk", 4), ("syscall_return_via_sysret", 4), ("entry_SYSRETQ_unsafe_stack", 1)],
            diff.Functions.Where(function => function.Delta != 0).Select(function => (function.Name, function.Delta)));
        Assert.Contains("mov %rsp,%cr3", diff.Functions.Single(function => function.Name == "entry_SYSCALL_64").OnlyInB);
    }

    [Fact]
    public void Should_Find_The_Thirty_When_The_Cpu_Is_Amds()
    {
        var diff = Diff("linux-nomitig-epyc", "linux-epyc");

        Assert.Equal(30, diff.Delta);
        Assert.Equal(30, diff.Functions.Where(function => function.Name is "srso_safe_ret" or "srso_return_thunk" or "srso_untrain_ret" or "entry_untrain_ret").Sum(function => function.Delta));
    }

    // Only AMD's CPUs divide to leave nothing of the last division behind: one instruction for another.
    [Fact]
    public void Should_Show_Instructions_That_Differ_When_Their_Number_Does_Not()
    {
        var diff = Diff("linux-nomitig-skylake", "linux-nomitig-epyc");

        Assert.Equal(0, diff.Delta);
        var only = Assert.Single(diff.Functions);
        Assert.Equal(("amd_clear_divider", 5, 5), (only.Name, only.InA, only.InB));
        Assert.StartsWith("div", Assert.Single(only.OnlyInB), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Read_What_It_Wrote()
    {
        using var folder = new TemporaryWorkspace();
        var file = Path.Combine(folder.Root, "explain.json");
        var written = new Explanation { Paths = [CapturedTrace.Path("linux-skylake")] };

        written.Write(file);
        var read = Explanation.Read(file);

        Assert.Equal(253, read.Paths[0].Total);
        Assert.Equal(written.Paths[0].Functions, read.Paths[0].Functions);
        Assert.Equal(written.Paths[0].Steps, read.Paths[0].Steps);
    }

    [Fact]
    public void Should_Refuse_A_File_When_Its_Path_Does_Not_Add_Up()
    {
        using var folder = new TemporaryWorkspace();
        var file = Path.Combine(folder.Root, "explain.json");
        new Explanation { Paths = [CapturedTrace.Path("linux-skylake") with { Total = 252 }] }.Write(file);

        Assert.Throws<UserError>(() => Explanation.Read(file));
    }

    [Fact]
    public void Should_Say_The_Figures_In_One_Sentence()
    {
        var sentence = ExplanationText.Sentence(new Explanation
        {
            Paths = [CapturedTrace.Path("linux-nomitig-skylake") with { Platform = "linux-nomitig" }, CapturedTrace.Path("linux-skylake") with { Platform = "linux" }],
        });

        Assert.Equal(["25", "253", "14", "13"], sentence!.Split(' ', ';', '.').Where(word => word.All(char.IsAsciiDigit) && word.Length > 0));
    }

    private static ExplanationDiff Diff(string a, string b) => ExplanationDiff.Of(a, CapturedTrace.Path(a), b, CapturedTrace.Path(b));
}
