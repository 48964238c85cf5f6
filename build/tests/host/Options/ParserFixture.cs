using SyscallBench.Build.Options;

namespace SyscallBench.Build.Tests.Options;

/// <summary>The real options on a few made-up targets.</summary>
internal static class ParserFixture
{
    public const string WorkingDirectory = "/somewhere/else";

    public static TaskCatalogue Tasks { get; } = new(
    [
        new TaskEntry("Default", "Lists", []),
        new TaskEntry("Run", "Boots", ["BuildKernel"]),
        new TaskEntry("BuildKernel", "Compiles", []),
        new TaskEntry("All", "Everything", ["Run"]),
        new TaskEntry("Clean", "Removes", []),
        new TaskEntry("CloneDeps", "Clones", []),
    ]);

    public static IReadOnlyList<Option> Options { get; } = [.. BenchSwitches.All, .. CakeSwitches.All];

    public static CommandLine Parse(params string[] args) => new CommandLineParser(Options, Tasks, WorkingDirectory).Parse(args);

    public static string Refusal(params string[] args) => Assert.Throws<UsageError>(() => Parse(args)).Message;
}
