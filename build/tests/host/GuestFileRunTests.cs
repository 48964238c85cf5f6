using System.Text.Json.Nodes;

namespace SyscallBench.Build.Tests;

/// <summary>A guest that a file describes, from the command line to the report.</summary>
public sealed class GuestFileRunTests : IDisposable
{
    private static readonly string[] _all = ["--target=All", "--accel=tcg", "--setup=never", "--runs=2", "--platforms=floor"];

    private readonly CheckoutFixture _checkout = new("check out ");

    public GuestFileRunTests() => CheckoutFixture.Require();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Should_Be_A_Row_Like_Any_Other()
    {
        var guest = _checkout.Path("bench-src", "guests", "floor.json");
        _checkout.Write("mine/again.json", File.ReadAllText(guest).Replace("floor-from-file", "again", StringComparison.Ordinal)
            .Replace("\"floor\",", "\"../artifacts/images/floor.elf\",", StringComparison.Ordinal));
        Assert.Equal(0, (await _checkout.Run("--target=BuildFloor", "--setup=never")).ExitCode);

        var ended = await _checkout.Run([.. _all, $"--guest={guest},{_checkout.Path("mine", "again.json")}"]);
        var again = await _checkout.Run([.. _all, $"--guest={guest},{_checkout.Path("mine", "again.json")}", "--verbosity=verbose"]);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Equal([("again", 5), ("floor", 5), ("floor-from-file", 5)], Net().Order());
        Assert.All((string[])["summary.txt", "report.html", "table.md", "bars.svg"], file => Assert.True(!File.Exists(_checkout.Path("results", file)) || Text(file).Contains("Floor, from a file", StringComparison.Ordinal), file));
        Assert.Equal(["floor", "floor-from-file", "again"], JsonNode.Parse(Text("explain.json"))!["paths"]!.AsArray().Select(path => (string?)path!["platform"]));
        Assert.Contains("up to date", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Do_Nothing_When_A_File_Is_Wrong()
    {
        _checkout.Write("mine.json", """{ "schema": "syscall-bench/guest/v1", "name": "mine", "kernel": "floor", "commandLine": "{arguments}" }""");

        var ended = await _checkout.Run([.. _all, $"--guest={_checkout.Path("mine.json")}"]);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("mine.json: label", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_checkout.Path("artifacts")));
    }

    private string Text(string file) => File.ReadAllText(_checkout.Path("results", file));

    private IEnumerable<(string, double)> Net() => JsonNode.Parse(Text("results.json"))!["rows"]!.AsArray()
        .Where(row => (string?)row!["call"] == "scall").Select(row => ((string)row!["platform"]!, (double)row["net"]!["median"]!));
}
