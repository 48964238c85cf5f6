using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SyscallBench.Build.Tests;

/// <summary>
/// Two runs at once in one checkout, with other options: each boot is of one of the two, and each result too. Two pairs by default, 20 with <c>SYSCALL_BENCH_SLOW</c>.
/// </summary>
public sealed partial class ConcurrentRunTests : IDisposable
{
    private static readonly int _pairs = Environment.GetEnvironmentVariable("SYSCALL_BENCH_SLOW") is { Length: > 0 } ? 20 : 2;

    private static readonly string[][] _options =
    [
        ["--rounds=5"], ["--cpu=EPYC-v1"], ["--iters=500"], ["--warmup=3"], ["--rounds=5", "--iters=500"], ["--cpu=EPYC-v1", "--rounds=7"],
    ];

    private readonly CheckoutFixture _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Should_Mix_No_Boots_When_Two_Runs_With_Other_Options_Start_At_Once()
    {
        CheckoutFixture.Require();
        for (var pair = 0; pair < _pairs; pair++)
        {
            var (one, other) = (_options[pair % _options.Length], _options[(pair + 1 + (pair / _options.Length)) % _options.Length]);

            var ended = await Task.WhenAll(_checkout.Run(All(one)), _checkout.Run(All(other)));

            Assert.All(ended, run => Assert.True(run.ExitCode == 0, run.Errors));
            Assert.All(Records(), WhoseItIs);
            var wanted = new[] { Wanted(one), Wanted(other) };
            var settings = Read("results", "results.json")["settings"]!.AsArray().Select(setting => Told(setting!)).Distinct();
            Assert.Contains(Assert.Single(settings), wanted);
        }

        var again = await _checkout.Run(All(_options[0]));

        Assert.Contains("all 4 boots are there: nothing changed", again.Output, StringComparison.Ordinal);
        Assert.Empty(_checkout.Processes());
    }

    private static string[] All(string[] options) => ["--target=All", "--accel=tcg", "--setup=never", "--runs=2", "--platforms=floor,floor-ring0", .. options];

    // What the guest says it was told, and the bytes of its console, are those of the record, which lies in the folder of its setting.
    private static void WhoseItIs(string path)
    {
        var record = JsonNode.Parse(File.ReadAllText(path))!;
        var (log, setting) = (Path.ChangeExtension(path, ".log"), record["setting"]!);
        var begin = Begin().Match(File.ReadAllText(log)).Groups;
        Assert.Equal(Path.GetFileName(Path.GetDirectoryName(path)), (string?)setting["name"]);
        Assert.Equal(record["logHash"]!.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(log))));
        Assert.Equal(
            (begin[1].Value, begin[2].Value, begin[3].Value),
            (Number(setting["rounds"]), Number(setting["iterations"]), Number(setting["warmup"])));
        Assert.Contains((string?)setting["cpu"], record["commandLine"]!.AsArray().Select(word => (string?)word));
    }

    private static string Wanted(string[] options)
    {
        string Of(string name, string byDefault) => options.FirstOrDefault(option => option.StartsWith($"--{name}=", StringComparison.Ordinal))?.Split('=')[1] ?? byDefault;
        return $"{Of("cpu", "Skylake-Client-v1")} {Of("rounds", "20")} {Of("iters", "100")} {Of("warmup", "1")}";
    }

    private static string Told(JsonNode setting) =>
        $"{setting["cpu"]} {Number(setting["rounds"])} {Number(setting["iterations"])} {Number(setting["warmup"])}";

    private static string Number(JsonNode? number) => number!.GetValue<JsonElement>().GetInt64().ToString(CultureInfo.InvariantCulture);

    private JsonNode Read(params string[] path) => JsonNode.Parse(File.ReadAllText(_checkout.Path(path)))!;

    private IEnumerable<string> Records() => _checkout.Files.Select(file => _checkout.Path(file)).Where(path => BootRecordFile().IsMatch(path));

    [GeneratedRegex(@" begin rounds=(\d+) iters=(\d+) warmup=(\d+) ")]
    private static partial Regex Begin();

    [GeneratedRegex(@"/eval/raw/.*/boot-\d+\.json$")]
    private static partial Regex BootRecordFile();
}
