namespace SyscallBench.Build.Tests;

public sealed class BuildScriptTests : IDisposable
{
    private const string Asking = "restore polyfills/Probe.csproj -p:CakePolyfills=false";

    private readonly BuildScriptFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Ask_Compile_And_Start_The_Program_In_The_Callers_Directory()
    {
        var ended = await _fixture.Run("--target=Run", "two words");

        Assert.Equal((0, "--target=Run|two words|~|"), (ended.ExitCode, ended.Output));
        Assert.Equal([Asking, "build polyfills=true"], _fixture.Asked);
    }

    [Fact]
    public async Task Should_Start_At_Once_When_Nothing_Changed()
    {
        await _fixture.Run();

        var ended = await _fixture.Run("--tree");

        Assert.Equal((0, "--tree|~|", string.Empty), (ended.ExitCode, ended.Output, ended.Errors));
        Assert.Equal(2, _fixture.Asked.Count);
    }

    [Theory]
    [InlineData("build/core/A.cs", "22")]
    [InlineData("build/polyfills/New.cs", "1")]
    [InlineData("build/Directory.Packages.props", "1")]
    public async Task Should_Compile_Again_And_Not_Ask_Again_When_A_Source_Changed(string source, string text)
    {
        await _fixture.Run();
        _fixture.Write(source, text);

        await _fixture.Run();

        Assert.Equal([Asking, "build polyfills=true", "build polyfills=true"], _fixture.Asked);
    }

    [Fact]
    public async Task Should_Compile_Again_When_A_Source_Is_Gone()
    {
        await _fixture.Run();
        File.Delete(_fixture.Path("build/host/B.cs"));

        await _fixture.Run();

        Assert.Equal(3, _fixture.Asked.Count);
    }

    [Fact]
    public async Task Should_Use_The_Genuine_Packages_When_The_Source_Has_Them()
    {
        _fixture.Answer(string.Empty, 0);

        var ended = await _fixture.Run();

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("build polyfills=false", _fixture.Asked[^1]);
    }

    [Theory]
    [InlineData("NU1100")]
    [InlineData("NU1101")]
    [InlineData("NU1102")]
    [InlineData("NU1103")]
    [InlineData("NU1603")]
    public async Task Should_Remember_That_The_Source_Lacks_The_Packages_When_It_Says_So(string code)
    {
        _fixture.Answer($"error {code}: Cake.Frosting", 1);
        await _fixture.Run();
        _fixture.Write("build/core/A.cs", "22");

        await _fixture.Run();

        Assert.Equal([Asking, "build polyfills=true", "build polyfills=true"], _fixture.Asked);
    }

    [Theory]
    [InlineData("error NU1301: Unable to load the service index", 1)]
    [InlineData("error NU1101: one source lacks it\nerror NU1301: the other does not answer", 1)]
    [InlineData("", 124)]
    public async Task Should_Ask_Again_Next_Time_When_The_Source_Did_Not_Answer(string output, int status)
    {
        _fixture.Answer(output, status);
        _fixture.Compile("error NU1301: Unable to load the service index", 1);

        var first = await _fixture.Run();
        await _fixture.Run();

        Assert.Equal(1, first.ExitCode);
        Assert.EndsWith("does not answer; is there a network, or a proxy to set?\n", first.Errors, StringComparison.Ordinal);
        Assert.Equal([Asking, "build polyfills=unknown", Asking, "build polyfills=unknown"], _fixture.Asked);
    }

    [Fact]
    public async Task Should_Notice_That_The_Source_Got_The_Packages_When_A_Day_Passed()
    {
        await _fixture.Run();
        _fixture.Answer(string.Empty, 0);
        _fixture.AgeAnswer(TimeSpan.FromHours(25));
        _fixture.Write("build/core/A.cs", "22");

        await _fixture.Run();

        Assert.Equal([Asking, "build polyfills=false"], _fixture.Asked.Skip(2));
    }

    [Theory]
    [InlineData(0, 1, "~/.nuget/NuGet/NuGet.Config")]
    [InlineData(0, 1, "nuget.config")]
    [InlineData(1, 0, "NuGet.Config")]
    [InlineData(1, 0, "build/nuget.config")]
    public async Task Should_Ask_Again_When_The_List_Of_Sources_Changed(int before, int now, string list)
    {
        const string Lacks = "error NU1101: Unable to find package Cake.Frosting.";
        _fixture.Answer(Lacks, before);
        await _fixture.Run();
        _fixture.Answer(Lacks, now);
        _fixture.AgeAnswer(TimeSpan.FromMinutes(1));
        _fixture.ChangeSources(list);

        await _fixture.Run();

        Assert.Equal([Asking, now == 0 ? "build polyfills=false" : "build polyfills=true"], _fixture.Asked.Skip(2));
    }

    [Fact]
    public async Task Should_Have_Net_Leave_Nothing_For_Debuggers_In_The_Temporary_Folder()
    {
        await _fixture.Run();

        Assert.Contains("DOTNET_EnableDiagnostics=0", _fixture.Environment);
    }

    [Fact]
    public async Task Should_Use_The_Genuine_Packages_Without_Asking_When_The_Stand_Ins_Are_Deleted()
    {
        Directory.Delete(_fixture.Path("build/polyfills"), recursive: true);

        var ended = await _fixture.Run();

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(["build polyfills=unknown"], _fixture.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_Say_In_One_Line_What_To_Do_When_There_Are_Neither_Packages_Nor_Stand_Ins(bool deleted)
    {
        if (deleted)
            Directory.Delete(_fixture.Path("build/polyfills"), recursive: true);
        _fixture.Compile("/x/B.csproj : error NU1101: Unable to find package Cake.Frosting. No packages exist with this id in source(s): here", 1);

        var ended = await _fixture.Run(deleted ? null : "false", []);

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("error: the package source lacks Cake's packages", ended.Errors.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("NU1101", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_That_It_Goes_On_When_Compiling_Takes_Long()
    {
        _fixture.CompileFor(5);

        var ended = await _fixture.Run();

        Assert.Equal(2, ended.Errors.Split('\n').Count(line => line.StartsWith("  compiling: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_Not_Ask_When_Told()
    {
        await _fixture.Run("false", []);

        Assert.Equal(["build polyfills=false"], _fixture.Asked);
    }

    [Fact]
    public async Task Should_Compile_Again_When_Told_Otherwise()
    {
        await _fixture.Run();

        await _fixture.Run("false", []);

        Assert.Equal("build polyfills=false", _fixture.Asked[^1]);
    }

    [Fact]
    public async Task Should_Refuse_Another_Word_For_The_Choice()
    {
        var ended = await _fixture.Run("maybe", []);

        Assert.Equal((2, "error: CakePolyfills=maybe: not true or false\n"), (ended.ExitCode, ended.Errors));
        Assert.Empty(_fixture.Asked);
    }

    [Fact]
    public async Task Should_Show_The_Compilers_Errors_And_Try_Again_Next_Time_When_It_Does_Not_Compile()
    {
        _fixture.Compile("/x/A.cs(1,2): error CS1002: ; expected [/x/A.csproj]", 1);

        var ended = await _fixture.Run();
        await _fixture.Run();

        Assert.Equal(1, ended.ExitCode);
        Assert.EndsWith("error CS1002: ; expected\nerror: the program in build/ does not compile\n", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(3, _fixture.Asked.Count);
    }

    [Fact]
    public async Task Should_Compile_Once_When_Started_Twice_At_Once()
    {
        _fixture.CompileFor(1);

        var both = await Task.WhenAll(_fixture.Run("a"), _fixture.Run("b"));

        Assert.Equal(["a|~|", "b|~|"], both.Select(ended => ended.Output));
        Assert.Single(_fixture.Asked, "build polyfills=true");
    }

    [Fact]
    public async Task Should_Say_Where_To_Get_It_When_There_Is_No_Dotnet()
    {
        _fixture.RemoveDotnet();

        var ended = await _fixture.Run();

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("error: no .NET 10 SDK on PATH", ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
    }
}
