using System.Text.Json;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.FileHelpers;
using SyscallBench.Processes;

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
            counts += await suite.RunAsync(context, ReportOf(context, suite));
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

/// <summary>One test project: built beforehand, run as the program that it is.</summary>
/// <param name="Name">Name of the project and of its assembly.</param>
/// <param name="Project">Absolute path of the project.</param>
/// <param name="Assembly">Absolute path of what it builds.</param>
public sealed record TestSuite(string Name, string Project, string Assembly)
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(20);

    /// <summary>Every test project below <c>build/tests</c>.</summary>
    public static IEnumerable<TestSuite> In(Workspace workspace)
    {
        return Directory.EnumerateFiles(Path.Combine(workspace.Root, "build", "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(project => Of(workspace, project));
    }

    private static TestSuite Of(Workspace workspace, string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        return new TestSuite(name, project, Path.Combine(workspace.Artifacts, "dotnet", "bin", name, "debug", name + ".dll"));
    }

    /// <summary>Runs all of its tests.</summary>
    /// <param name="report">Where the report goes.</param>
    /// <exception cref="UserError">The program ended without a report.</exception>
    public async Task<TestCounts> RunAsync(BenchContext context, string report)
    {
        File.Delete(report);
        var result = await context.Services.Processes.RunAsync(
            new ProcessRequest("dotnet", [Assembly, "-noLogo", "-noColor", "-ctrf", report])
            {
                Deadline = _deadline,
                OnLine = context.Say,
            },
            context.Cancellation);
        try
        {
            return TestCounts.OfCtrf(context.FileReadText(report));
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new UserError($"{Name} ended with exit code {result.ExitCode} and left no readable report: {error.Message}", error);
        }
    }
}

/// <summary>How many tests ended how.</summary>
public sealed record TestCounts(int Passed, int Failed, int Skipped)
{
    /// <summary>The line that ends a test run, and that continuous integration looks for.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Passed} passed, {Failed} failed{(Skipped > 0 ? FormattableString.Invariant($", {Skipped} skipped") : string.Empty)}");

    public static TestCounts operator +(TestCounts left, TestCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Reads a report in the Common Test Report Format (ctrf.io).</summary>
    /// <exception cref="JsonException">This is no such report.</exception>
    public static TestCounts OfCtrf(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("results", out var results) || !results.TryGetProperty("summary", out var summary))
            throw new JsonException("no results.summary");
        return new TestCounts(Count("passed"), Count("failed") + Count("other"), Count("skipped"));

        int Count(string name) => summary.GetProperty(name).GetInt32();
    }
}
