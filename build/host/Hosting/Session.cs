using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SyscallBench.Build.Adapters;
using SyscallBench.Build.Options;
using SyscallBench.Build.Terminal;
using SyscallBench.Builds;
using SyscallBench.Processes;
using SyscallBench.Sources;

namespace SyscallBench.Build.Hosting;

/// <summary>One run of the program: what the engine's parts share.</summary>
public sealed record Session(
    CommandLine CommandLine, Workspace Workspace, TaskCatalogue Tasks, Interruption Interruption, CoreServices Services, RunOutcome RunOutcome, StatusLine Status, TerminalStyle Style)
{
    public FindingList Findings { get; } = new();

    /// <summary>Registers what contexts and lifetimes ask for, and our own log and report in place of Cake's.</summary>
    public void Register(IServiceCollection services) =>
        services
            // No tools are installed through Cake, whose NuGet client would lock a file in the temporary folder at every start.
            .RemoveAll<IPackageInstaller>()
            .AddSingleton(this)
            .AddSingleton(CommandLine)
            .AddSingleton(RunOutcome)
            .AddSingleton(Status)
            .AddSingleton(Style)
            .AddSingleton<IConsole, HostConsole>()
            .AddSingleton<ICakeLog, HostLog>()
            .AddSingleton<ICakeReportPrinter, TaskPrinter>()
            .AddSingleton<ICakeEngine>(provider => TargetSequence.Engine(ActivatorUtilities.CreateInstance<CakeEngine>(provider), CommandLine));
}

/// <summary>What was noticed; printed together at the end, most severe first.</summary>
public sealed class FindingList
{
    private readonly List<Finding> _findings = [];
    private readonly Lock _lock = new();

    public void Add(Finding finding) => AddRange([finding]);

    public void AddRange(IEnumerable<Finding> findings)
    {
        lock (_lock)
            _findings.AddRange(findings);
    }

    /// <summary>For a person: one line each, and the remedy below it.</summary>
    /// <param name="notes">Those that change no conclusion; else those that may.</param>
    public IReadOnlyList<string> Lines(bool notes)
    {
        lock (_lock)
        {
            return
            [
                .. _findings.Where(finding => notes == (finding.Severity == Severity.Info)).OrderByDescending(finding => finding.Severity).SelectMany(finding => (string[])
                [
                    $"{finding.Severity.Name()}: {finding.Subject}: {finding.Seen}",
                    .. finding.Remedy is { } remedy ? [$"    {remedy}"] : Array.Empty<string>(),
                ]),
            ];
        }
    }
}

/// <summary>The parts of core that live as long as the program does.</summary>
public sealed class CoreServices : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>Starts every external program; whatever is still running ends with it.</summary>
    public ProcessRunner Processes { get; } = new();

    /// <param name="onBytes">Told how many bytes of a download are there, and of how many; null where nobody asks.</param>
    public KernelSources KernelSources(BenchContext context, Action<long, long?>? onBytes = null) =>
        new(context.Workspace, new DebianKernels(context.Workspace, Processes, context.OsRelease), new Downloader(_http) { OnBytes = onBytes });

    public ToolchainChooser Toolchains(BenchContext context) =>
        new(context.Workspace, Processes, [new CakeDockerEngine(context, Processes), new ContainerEngine("podman", Processes)], Environment.IsPrivilegedProcess);

    public void Dispose()
    {
        Processes.Dispose();
        _http.Dispose();
    }
}
