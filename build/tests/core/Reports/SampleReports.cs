using System.Text;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

/// <summary>Reports to write files from: exact counts as TCG gives them, and cycles with the noise that KVM has.</summary>
internal static class SampleReports
{
    private const int Rounds = 20;

    /// <summary>Names for <see cref="Of"/>, for theories.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tcg", "kvm", "crowded", "explained", "stock", "empty"];

    public static Report Of(string name) => name switch
    {
        "tcg" => Tcg(),
        "kvm" => Kvm(),
        "crowded" => Crowded(),
        "explained" => Explained(),
        "stock" => Stock(),
        "empty" => Empty(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>A file of text as it is written.</summary>
    public static string Export(string file, Report report) => Encoding.UTF8.GetString(Exporter.All.Single(exporter => exporter.FileName == file).Export(report)!);

    /// <summary>Instructions, the same in every round, Unikraft's numbers as measured, one platform missing.</summary>
    public static Report Tcg()
    {
        List<SamplePlatform> platforms =
        [
            new("linux", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 253, Fcall: 9),
            new("linux-nomitig", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 235, Fcall: 9),
            new("unikraft", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 84, Fcall: 9),
            new("floor", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 17, Fcall: 9),
        ];
        return Build("tcg", Unit.Instructions, khz: null, platforms, "Mitigation: PTI");
    }

    /// <summary>Cycles near the published ones, 25 boots, spread and a few outliers.</summary>
    public static Report Kvm(string meltdown = "Not affected")
    {
        List<SamplePlatform> platforms =
        [
            new("linux", Boots: 25, Iterations: 1_000_000, Tsc: 70, Empty: 1, Scall: 221.4, Fcall: 4.02) { Noise = 0.8 },
            new("linux-nomitig", Boots: 25, Iterations: 1_000_000, Tsc: 70, Empty: 1, Scall: 153.7, Fcall: 4.01) { Noise = 0.5 },
            new("unikraft", Boots: 25, Iterations: 1_000_000, Tsc: 70, Empty: 1, Scall: 83.9, Fcall: 4) { Noise = 0.15 },
            new("floor", Boots: 25, Iterations: 1_000_000, Tsc: 70, Empty: 1, Scall: 62.3, Fcall: 4) { Noise = 0.1 },
        ];
        return Build("kvm", Unit.Cycles, khz: 3_600_000, platforms, meltdown);
    }

    /// <summary>Kernels as Debian built them, one of them only with mitigations.</summary>
    public static Report Stock() => Build(
        "tcg",
        Unit.Instructions,
        khz: null,
        [
            new("stock-6.12-nomitig", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 327, Fcall: 9),
            new("stock-6.12", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 341, Fcall: 9),
            new("stock-7.3-nomitig", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 336, Fcall: 9),
            new("stock-5.10", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 252, Fcall: 9),
            new("stock-7.3", Boots: 3, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 354, Fcall: 9),
        ],
        "Mitigation: PTI");

    /// <summary>Many platforms, long names, two floors close together, numbers of very different sizes.</summary>
    public static Report Crowded()
    {
        List<SamplePlatform> platforms =
        [
            .. Enumerable.Range(1, 6).Select(index => new SamplePlatform(
                $"linux-6.{index}-with-a-long-name", Boots: 2, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 12345.6 * index, Fcall: 9 + index) { Noise = index }),
            new("floor", Boots: 2, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 17, Fcall: 9),
            new("floor-ring0", Boots: 2, Iterations: 1000, Tsc: 23, Empty: 6, Scall: 15, Fcall: 9),
        ];
        return Build("tcg", Unit.Instructions, khz: null, platforms, "Mitigation: PTI");
    }

    /// <summary>With every instruction of the call on two platforms.</summary>
    public static Report Explained() => new(Tcg().Document, Tcg().Samples) { Explanation = SampleExplanation.Skylake };

    /// <summary>Nothing could be measured.</summary>
    public static Report Empty() => Build("tcg", Unit.Instructions, khz: null, [], "Mitigation: PTI");

    private static Report Build(string accelerator, Unit unit, long? khz, List<SamplePlatform> platforms, string meltdown)
    {
        var samples = platforms.Select(platform => new PlatformInput { Platform = platform.Name, Unit = unit, Samples = platform.Samples(Rounds) }).ToList();
        var rows = platforms.SelectMany((platform, index) => platform.Rows([.. samples[index].Samples], unit, khz)).ToList();
        rows.AddRange(Enum.GetValues<Call>().Select(call => new ResultRow
        {
            Platform = "host",
            Call = call,
            Status = RowStatus.NotMeasured,
            Reason = "the host's clock cannot be compared with a guest's; run with --platforms=host to see <its> row",
        }));

        return new Report(
            new ResultsDocument
            {
                Accelerator = accelerator,
                Unit = unit,
                Rows = rows,
                Findings =
                [
                    new Finding(Severity.Warning, "linux boot 2", "1 of 20 rounds was struck by a timer interrupt & left out", "nothing to do; --runs=5 gives more rounds"),
                    new Finding(Severity.Info, "machine", "/dev/kvm opens, but a guest does not run under it"),
                ],
                Provenance = SampleProvenance.Of(accelerator, meltdown, platforms.Select(platform => platform.Name)),
            },
            samples);
    }
}
