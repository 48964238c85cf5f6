using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace SyscallBench.Polyfills.Tests.Frosting;

/// <summary>A host with this assembly's tasks, whose journal and printed lines can be looked at.</summary>
internal sealed class HostFixture
{
    private readonly Journal _journal = new();

    public HostFixture()
    {
        Host = new CakeHost()
            .ConfigureServices(services => services
                .AddSingleton(_journal)
                .AddSingleton<IConsole>(Console)
                .AddSingleton<ICakeLog>(new CakeBuildLog(Console))
                .AddSingleton(Substitute.For<ICakeReportPrinter>()))
            .UseContext<JournalContext>();
    }

    public CakeHost Host { get; }

    public RecordingConsole Console { get; } = new();

    public string Ran => _journal.Text;

    public int Run(params string[] args) => Host.Run(args);
}
