using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Tests.Reports;

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

        File.WriteAllText(file, JsonFormat.Serialize(written));
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
        File.WriteAllText(file, JsonFormat.Serialize(new Explanation { Paths = [CapturedTrace.Path("linux-skylake") with { Total = 252 }] }));

        Assert.Throws<UserError>(() => Explanation.Read(file));
    }

    [Fact]
    public void Should_Say_The_Figures_In_One_Sentence()
    {
        var sentence = ExplanationText.Sentence(SampleExplanation.Skylake);

        Assert.Equal(["253", "92", "25", "14", "3", "13"], sentence!.Split(' ', ';', ',', '.').Where(word => word.All(char.IsAsciiDigit) && word.Length > 0));
    }

    [Fact]
    public void Should_Keep_The_Paths_Of_A_Document_And_Name_Those_That_Do_Not_Add_Up()
    {
        var (linux, without) = (CapturedTrace.Path("linux-skylake"), CapturedTrace.Path("linux-nomitig-skylake"));
        var document = SampleExplanation.DocumentOf(linux, without with { Total = 241 });

        var (explanation, faults) = new Explanation { Paths = [without, linux] }.HeldAgainst(document);

        Assert.Equal("linux", Assert.Single(explanation.Paths).Platform);
        Assert.Equal("linux-nomitig", Assert.Single(faults).Subject);
    }

    [Theory]
    [InlineData("EPYC-v1", "k", "noop")]
    [InlineData("Skylake-Client-v1", "another kernel", "noop")]
    [InlineData("Skylake-Client-v1", "k", "getppid")]
    public void Should_Leave_A_Path_Out_When_It_Is_Not_Of_What_Was_Measured(string cpu, string kernel, string syscall)
    {
        var path = CapturedTrace.Path("linux-skylake");
        var other = path with { Cpu = cpu, Syscall = syscall, Hashes = new Dictionary<string, string> { ["kernel"] = kernel, ["initramfs"] = "i" } };

        var (explanation, faults) = new Explanation { Paths = [other] }.HeldAgainst(SampleExplanation.DocumentOf(path));

        Assert.Equal((0, 0), (explanation.Paths.Count, faults.Count));
    }

    // As a kernel without CONFIG_X86_DEBUG_FPU.
    [Fact]
    public void Should_Name_The_Function_When_A_Count_Has_Changed()
    {
        var before = CapturedTrace.Path("linux-skylake");
        var after = Without(before, "fpregs_assert_state_consistent");
        var comparison = Comparer.Compare(SampleExplanation.DocumentOf(before), SampleExplanation.DocumentOf(after), 0.02);

        var why = Assert.Single(ExplanationDiff.Why(comparison, new Explanation { Paths = [before] }, new Explanation { Paths = [after] }));

        Assert.Equal("linux scall", why.Subject);
        Assert.EndsWith(": fpregs_assert_state_consistent -14", why.Seen, StringComparison.Ordinal);
        Assert.Empty(ExplanationDiff.Why(comparison, before: null, new Explanation { Paths = [after] }));
    }

    [Fact]
    public void Should_Hold_A_Path_Only_Against_One_Of_The_Same_Kernel_When_There_Are_Several()
    {
        var old = CapturedTrace.Path("linux-skylake");
        var (six, seven) = (old with { Kernel = "6.1" }, old with { Kernel = "7.2" });
        var both = new Explanation { Paths = [six, seven] };

        Assert.Same(seven, both.Counterpart(both, seven));
        Assert.Null(both.Counterpart(both, old with { Kernel = "6.12" }));
        // With one on both sides it is the kernels that are compared.
        Assert.Same(six, new Explanation { Paths = [six] }.Counterpart(new Explanation { Paths = [seven] }, seven));
        Assert.Equal(("6.1", null), (both.Which(six), new Explanation { Paths = [six] }.Which(six)));
    }

    [Fact]
    public void Should_Say_What_Another_Cpu_Model_Costs_More_And_Where()
    {
        var (skylake, epyc) = (CapturedTrace.Path("linux-skylake"), CapturedTrace.Path("linux-epyc"));
        var both = new Explanation { Paths = [skylake, epyc] };

        var sentence = ExplanationText.Sentence(both)!;

        Assert.Equal((skylake.Cpu, epyc.Cpu), (both.Which(skylake), both.Which(epyc)));
        Assert.Contains($"({skylake.Cpu})", sentence, StringComparison.Ordinal);
        Assert.Contains($" On {epyc.Cpu} +17: ", sentence, StringComparison.Ordinal);
        Assert.Contains("srso_safe_ret +20", sentence, StringComparison.Ordinal);
        Assert.Same(epyc, both.Counterpart(both, epyc));
        Assert.Null(both.Counterpart(both, epyc with { Cpu = "max" }));
    }

    [Fact]
    public void Should_Say_Which_Kernel_And_Take_Its_Own_Mitigations_When_There_Are_Several()
    {
        var (on, off) = (CapturedTrace.Path("linux-skylake"), CapturedTrace.Path("linux-nomitig-skylake"));
        var cheaper = Without(off, "fpregs_assert_state_consistent");
        var explanation = new Explanation { Paths = [on with { Kernel = "6.1" }, cheaper with { Kernel = "7.2" }, off with { Kernel = "6.1" }, on with { Kernel = "7.2" }] };

        var sentence = ExplanationText.Sentence(explanation);

        Assert.Contains("(6.1), ", sentence, StringComparison.Ordinal);
        Assert.EndsWith("mitigations are 13.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Keep_The_Path_Beside_The_Results_When_They_Become_A_Baseline()
    {
        using var folder = new TemporaryWorkspace();
        var baselines = new Baselines(folder.Workspace.Baselines);
        var document = SampleExplanation.DocumentOf([.. SampleExplanation.Skylake.Paths]);
        Directory.CreateDirectory(folder.Workspace.Results);
        ResultsFile.Write(folder.Workspace.ResultsFile, document);

        var saved = baselines.Save("main", folder.Workspace.ResultsFile, SampleExplanation.Skylake);

        Assert.Equal(2, Explanation.Beside(saved, document).Explanation?.Paths.Count);
        Assert.Equal(["main"], baselines.Names);
    }

    [Fact]
    public void Should_Show_What_Two_Files_Have_Different_And_Refuse_Files_Of_Other_Platforms()
    {
        using var folder = new TemporaryWorkspace();
        var path = CapturedTrace.Path("linux-skylake");
        var files = new[] { path, Without(path, "its_return_thunk"), path with { Platform = "unikraft" } }
            .Select((each, index) => folder.Write($"{index}.json", JsonFormat.Serialize(new Explanation { Paths = [each] }))).ToList();

        Assert.Contains(ExplanationText.Diff(files[0], files[1]), line => line.Contains("-4  its_return_thunk", StringComparison.Ordinal));
        Assert.Throws<UserError>(() => ExplanationText.Diff(files[0], files[2]));
    }

    private static ExplainedPath Without(ExplainedPath path, string function) => path with
    {
        Total = path.Total - path.CountOf(function),
        Functions = [.. path.Functions.Where(each => each.Name != function)],
        Steps = [.. path.Steps.Where(each => each.Function != function)],
    };

    private static ExplanationDiff Diff(string a, string b) => ExplanationDiff.Of(a, CapturedTrace.Path(a), b, CapturedTrace.Path(b));
}
