using System.Text.Json.Nodes;
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
            """{"schema":"syscall-bench/results/v2","accelerator":"tcg","unit":"instructions","settings":[],"rows":[""", compact, StringComparison.Ordinal);
        Assert.Contains("""{"platform":"linux","call":"scall","syscall":null,"kernel":null,"setting":null,"status":"measured",""", compact, StringComparison.Ordinal);
        Assert.Contains(""","ci95":[256,256],"net":{"median":253,"ci95":[253,253]},""", compact, StringComparison.Ordinal);
        Assert.Contains("\"nanoseconds\":null", compact, StringComparison.Ordinal);
        Assert.Contains("""{"platform":"unikraft","call":"scall","syscall":null,"kernel":null,"setting":null,"status":"not-measured","reason":"no",""", compact, StringComparison.Ordinal);
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
        Assert.Contains("--target=Process", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(
        "{ \"schema\": \"syscall-bench/results/v3\", \"rows\": 7 }",
        "follows the schema syscall-bench/results/v3")]
    [InlineData("{ \"schema\": \"syscall-bench/results/v2\" }", "cannot be understood")]
    [InlineData("{ \"schema\": \"syscall-bench/results/v1\", \"schema\": \"syscall-bench/results/v1\" }", "cannot be understood")]
    [InlineData("null", "follows no schema")]
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

        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Read_A_File_Of_The_First_Version_As_If_It_Were_Of_This()
    {
        File.WriteAllText(Path, """
            {
              "schema": "syscall-bench/results/v1", "accelerator": "tcg", "unit": "instructions",
              "rows": [
                { "platform": "linux", "call": "scall", "status": "measured", "unit": "instructions", "boots": 3, "samples": 59, "spoilt": 1,
                  "spoiltBy": { "interrupt": 1, "contextSwitch": 0, "migration": 0, "steal": null, "clock": 0 }, "median": 256, "net": { "median": 253, "ci95": [253, 253] } },
                { "platform": "unikraft", "call": "scall", "status": "not-measured", "reason": "no network" }
              ],
              "provenance": {
                "version": "1.0.0", "started": "2021-04-26T00:00:00+00:00", "commandLine": [], "seed": 1, "acceleratorReason": "asked for", "runs": 3, "rounds": 20,
                "iterations": 1000, "warmup": 1, "guestCpu": "EPYC-v1", "host": { "cpu": "AMD EPYC" }, "hashes": { "kernel": "abc" }
              }
            }
            """);

        var document = ResultsFile.Read(Path);

        Assert.Equal(ResultsDocument.CurrentSchema, document.Schema);
        var setting = Assert.Single(document.Settings);
        Assert.Equal(("AMD EPYC", "EPYC-v1", 20, 1000), (setting.Machine, setting.Cpu, setting.Rounds, setting.Iterations));
        Assert.Equal("abc", setting.Hashes["kernel"]);
        Assert.Equal((setting.Name, "noop", 253.0, 1, 1), (document.Rows[0].Setting, document.Rows[0].Syscall, document.Rows[0].Net?.Median, document.Rows[0].Disturbed, document.Rows[0].DisturbedBy?.Interrupt));
        Assert.Equal(RowStatus.NotMeasured, document.Rows[1].Status);
    }

    // Each of these would be a NullReferenceException somewhere behind.
    [Theory]
    [InlineData("rows", "[null]")]
    [InlineData("rows", "null")]
    [InlineData("settings", "[null]")]
    [InlineData("ratios", "[null]")]
    [InlineData("findings", "[{}]")]
    [InlineData("provenance", "null")]
    [InlineData("provenance", "{}")]
    [InlineData("unit", "null")]
    [InlineData("accelerator", "7")]
    [InlineData("host", """{ "cpu": null }""")]
    [InlineData("guests", """{ "linux": null }""")]
    [InlineData("guests", """{ "linux": { "release": null } }""")]
    [InlineData("clocks", """{ "linux": null }""")]
    [InlineData("commandLine", "[null]")]
    [InlineData("seed", "-1")]
    [InlineData("runs", "1e400")]
    public void Should_Say_So_In_One_Line_When_A_Value_Cannot_Be(string name, string value)
    {
        var document = JsonNode.Parse(JsonFormat.Serialize(new ResultsFixture().Platform("linux", 3, 20, (_, _) => 256005).Build()))!.AsObject();
        var owner = document.ContainsKey(name) ? document : document["provenance"]!.AsObject();
        owner[name] = JsonNode.Parse(value);
        File.WriteAllText(Path, document.ToJsonString());

        var error = Assert.Throws<UserError>(() => ResultsFile.Read(Path));

        Assert.StartsWith(Path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void Should_Say_So_When_The_File_Is_Larger_Than_Any_Can_Be()
    {
        using (var file = File.OpenWrite(Path))
            file.SetLength((64 * 1024 * 1024) + 1);

        Assert.Throws<UserError>(() => ResultsFile.Read(Path));
    }

    [Fact]
    public void Should_Not_Wait_When_The_File_Is_A_Device() => Assert.Throws<UserError>(() => ResultsFile.Read("/dev/zero"));
}
