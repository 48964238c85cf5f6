namespace SyscallBench.Results;

/// <summary>A comparison for a program.</summary>
public static class ComparisonJson
{
    public const string Schema = "syscall-bench/comparison/v1";

    public static string Serialize(Comparison comparison) => JsonFormat.Serialize(new
    {
        Schema,
        comparison.Threshold,
        Regression = comparison.Regressions.Any(),
        comparison.Rows,
        comparison.Findings,
    });
}
