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
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(20);

    public override async Task RunAsync(BenchContext context)
    {
        var counts = new TestCounts(0, 0, 0);
        var projects = Directory.EnumerateFiles(Path.Combine(context.Workspace.Root, "build", "tests"), "*.Tests.csproj", SearchOption.AllDirectories);
        foreach (var project in projects.Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Build(context, name, project);
            context.Say(name);
            counts += await RunAsync(context, name);
        }

        context.Say($"{counts}");
        if (counts.Failed > 0)
            throw new UserError(FormattableString.Invariant($"{counts.Failed} of {counts.Passed + counts.Failed} tests failed; the lines above name them"));
    }

    // A debug build runs the analyzers too, and every warning is an error.
    private static void Build(BenchContext context, string name, string project)
    {
        using var progress = context.Progress($"compiling {name}");
        context.DotNetBuild(project, new DotNetBuildSettings { Configuration = "Debug", Verbosity = DotNetVerbosity.Quiet, NoLogo = true });
    }

    // A test project is a program.
    private static async Task<TestCounts> RunAsync(BenchContext context, string name)
    {
        var report = Path.Combine(Directory.CreateDirectory(Path.Combine(context.Workspace.Artifacts, "tests")).FullName, name + ".ctrf.json");
        File.Delete(report);
        var program = Path.Combine(context.Workspace.Artifacts, "dotnet", "bin", name, "debug", name + ".dll");
        var request = new ProcessRequest("dotnet", [program, "-noLogo", "-noColor", "-ctrf", report]) { Deadline = _deadline, OnLine = context.Say };
        var result = await context.Services.Processes.RunAsync(request, context.Cancellation);
        try
        {
            return TestCounts.OfCtrf(context.FileReadText(report));
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new UserError($"{name} ended with exit code {result.ExitCode} and left no readable report: {error.Message}", error);
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
