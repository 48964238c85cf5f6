using SyscallBench.Results;
using SyscallBench.Tests.Explain;

namespace SyscallBench.Tests.Reports;

/// <summary>Paths of real guests, and results that measured them.</summary>
internal static class SampleExplanation
{
    public static Explanation Skylake { get; } = new() { Paths = [CapturedTrace.Path("linux-skylake"), CapturedTrace.Path("linux-nomitig-skylake")] };

    /// <summary>Results whose rows say what the paths say.</summary>
    public static ResultsDocument DocumentOf(params ExplainedPath[] paths) => SampleReports.Tcg().Document with
    {
        Findings = [],
        Settings = [.. paths.Select(path => new ResultSetting { Name = $"{path.Platform} of a run", Machine = "a machine", Accelerator = "tcg", Cpu = path.Cpu, Hashes = path.Hashes })],
        Rows =
        [
            .. paths.Select(path => new ResultRow
            {
                Platform = path.Platform, Call = Call.Scall, Syscall = path.Syscall, Setting = $"{path.Platform} of a run", Status = RowStatus.Measured,
                Unit = Unit.Instructions, Median = path.Total + 6, Net = new NetCost(path.Total, new Interval(path.Total, path.Total)),
            }),
        ],
    };
}
