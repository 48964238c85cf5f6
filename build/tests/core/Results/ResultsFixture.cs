using SyscallBench.Results;

namespace SyscallBench.Tests.Results;

/// <summary>Makes results from samples that a test writes down.</summary>
internal sealed class ResultsFixture
{
    private readonly List<PlatformInput> _platforms = [];

    public Unit Unit { get; init; } = Unit.Instructions;

    public static Provenance Provenance { get; } = new()
    {
        Version = "1.0.0",
        Started = new DateTimeOffset(2021, 4, 26, 0, 0, 0, TimeSpan.Zero),
        CommandLine = ["./build.sh", "--target=All"],
        Seed = 42,
        AcceleratorReason = "KVM cannot run a guest here",
        Runs = 3,
        Rounds = 20,
        Iterations = 1000,
        Warmup = 1,
        GuestCpu = "Skylake-Client-v1",
    };

    public ResultsFixture Platform(
        string name, Unit? unit = null, Func<PlatformInput, PlatformInput>? change = null, params IEnumerable<Sample> samples)
    {
        var input = new PlatformInput { Platform = name, Unit = unit ?? Unit, Samples = samples };
        _platforms.Add(change is null ? input : change(input));
        return this;
    }

    /// <summary>A platform whose rounds cost what <paramref name="scall"/> says, for a boot and a round.</summary>
    public ResultsFixture Platform(string name, int boots, int rounds, Func<int, int, long> scall)
        => Platform(name, samples: Grid(boots, rounds, scall));

    public static IEnumerable<Sample> Grid(int boots, int rounds, Func<int, int, long> scall)
        => from boot in Enumerable.Range(0, boots)
           from round in Enumerable.Range(0, rounds)
           select new Sample(boot, round, 1000, 5, 3005, scall(boot, round), 6005);

    public ResultsDocument Build(string accelerator = "tcg") => ResultsBuilder.Build(
        accelerator, Unit, _platforms, Provenance, [], TestContext.Current.CancellationToken);

    public static ResultRow Row(ResultsDocument document, string platform, Call call)
        => Assert.Single(document.Rows, row => row.Platform == platform && row.Call == call);
}
