using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SyscallBench.Build.Events;
using SyscallBench.Build.Options;
using SyscallBench.Build.Terminal;
using SyscallBench.Model;

namespace SyscallBench.Build.Hosting;

/// <summary>One run of the program: what the engine's parts share.</summary>
public sealed record Session(
    CommandLine CommandLine, Workspace Workspace, TaskCatalogue Tasks, Interruption Interruption, CoreServices Services, RunOutcome RunOutcome, EventLog Events, StatusLine Status,
    Colours Colours)
{
    /// <summary>Registers what contexts and lifetimes ask for, and our own log and report in place of Cake's.</summary>
    public void Register(IServiceCollection services) =>
        services
            .AddSingleton(CommandLine)
            .AddSingleton(Workspace)
            .AddSingleton(Tasks)
            .AddSingleton(Interruption)
            .AddSingleton(RunOutcome)
            .AddSingleton(Services)
            .AddSingleton(Events)
            .AddSingleton(Status)
            .AddSingleton(Colours)
            .AddSingleton<FindingList>()
            .AddSingleton<IConsole, HostConsole>()
            .AddSingleton<ICakeLog, HostLog>()
            .AddSingleton<ICakeReportPrinter, TaskPrinter>();
}
