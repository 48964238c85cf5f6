using SyscallBench.Model;
using SyscallBench.Results;

namespace SyscallBench.Tests.Results;

public sealed class ResultsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Path => System.IO.Path.Combine(_folder, "results.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(InCulture.Names), MemberType = typeof(InCulture))]
    public void Should_Read_Back_The_Same_When_Written(string culture)
    {
        using var elsewhere = new InCulture(culture);
        var document = new ResultsFixture()
            .Platform("linux", 3, 20, (boot, round) => 256005 + (boot * 100) + (round * 7 % 30))
            .Platform("unikraft", change: input => input with { NotMeasured = "GitHub cannot be reached" })
            .Build();

        ResultsFile.Write(Path, document);

        Assert.Equal(JsonFormat.Serialize(document), JsonFormat.Serialize(ResultsFile.Read(Path)));
        Assert.Equal(document.Rows, ResultsFile.Read(Path).Rows);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Should_Use_The_Contracts_Names_When_Written()
    {
        ResultsFile.Write(Path, new ResultsFixture()
            .Platform("linux", 3, 20, (_, _) => 256005)
            .Platform("unikraft", change: input => input with { NotMeasured = "no" })
            .Build());

        var compact = string.Concat(File.ReadAllText(Path).Where(character => !char.IsWhiteSpace(character)));
        Assert.StartsWith(
            """{"schema":"syscall-bench/results/v1","accelerator":"tcg","unit":"instructions","rows":[""", compact, StringComparison.Ordinal);
        Assert.Contains("""{"platform":"linux","call":"scall","status":"measured",""", compact, StringComparison.Ordinal);
        Assert.Contains(""","ci95":[256,256],"net":{"median":253,"ci95":[253,253]},""", compact, StringComparison.Ordinal);
        Assert.Contains("\"nanoseconds\":null", compact, StringComparison.Ordinal);
        Assert.Contains("""{"platform":"unikraft","call":"scall","status":"not-measured","reason":"no",""", compact, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", compact, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", compact, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_So_When_The_File_Is_Half()
    {
        var whole = JsonFormat.Serialize(new ResultsFixture().Platform("linux", 3, 20, (_, _) => 256005).Build());
        File.WriteAllText(Path, whole[..(whole.Length / 2)]);

        var error = Assert.Throws<UserError>(() => ResultsFile.Read(Path));

        Assert.StartsWith(Path + ":", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be understood", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("run --target=Process to make one", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(
        "{ \"schema\": \"syscall-bench/results/v2\", \"rows\": 7 }",
        "follows the schema syscall-bench/results/v2, and this program understands syscall-bench/results/v1")]
    [InlineData("{ \"rows\": [] }", "follows no schema")]
    [InlineData("[]", "follows no schema")]
    [InlineData("{ \"schema\": \"syscall-bench/results/v1\" }", "cannot be understood")]
    [InlineData("", "cannot be understood")]
    public void Should_Say_So_When_The_File_Is_Something_Else(string text, string expected)
    {
        File.WriteAllText(Path, text);

        var error = Assert.Throws<UserError>(() => ResultsFile.Read(Path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_So_When_There_Is_No_File()
    {
        var error = Assert.Throws<UserError>(() => ResultsFile.Read(Path));

        Assert.Equal($"{Path} does not exist: run --target=Process to make one", error.Message);
    }
}
