using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Frosting;
using SyscallBench.Build.Testing;
using SyscallBench.Model;

namespace SyscallBench.Build.Tasks;

[TaskName("Test")]
[TaskDescription("Runs the project's own tests")]
[IsDependentOn(typeof(SetupTask))]
public sealed class TestTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var counts = new TestCounts(0, 0, 0);
        foreach (var suite in TestSuite.In(context.Workspace))
        {
            Build(context, suite);
            context.Say(suite.Name);
            counts += await suite.RunAsync(context.Services.Processes, ReportOf(context, suite), context.Say, context.Cancellation);
        }

        context.Say($"{counts}");
        if (counts.Failed > 0)
            throw new UserError(FormattableString.Invariant($"{counts.Failed} of {counts.Passed + counts.Failed} tests failed; the lines above name them"));
    }

    // A debug build runs the analyzers too, and every warning is an error.
    private static void Build(BenchContext context, TestSuite suite)
    {
        using var progress = context.Progress($"compiling {suite.Name}");
        context.DotNetBuild(suite.Project, new DotNetBuildSettings
        {
            Configuration = "Debug",
            Verbosity = DotNetVerbosity.Quiet,
            NoLogo = true,
        });
    }

    private static string ReportOf(BenchContext context, TestSuite suite)
    {
        var folder = Path.Combine(context.Workspace.Artifacts, "tests");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, suite.Name + ".ctrf.json");
    }
}
