using Cake.Cli;
using Cake.Common.Modules;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.Modules;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cake.Frosting.Internal;

/// <summary>Registers the genuine engine, and the hosts for a real run, a dry run, the tree and the descriptions.</summary>
internal static class EngineServices
{
    public static void AddEngine(this IServiceCollection services) =>
        services
            .AddSingleton<ICakeLog, CakeBuildLog>()
            .AddSingleton<IConsole, CakeConsole>()
            .AddSingleton(_ => AnsiConsole.Console)
            .AddSingleton<ICakeReportPrinter, CakeReportPrinter>()
            .AddSingleton<ICakeConfiguration, Configuration>()
            .AddSingleton<BuildScriptHost<IFrostingContext>>()
            .AddSingleton<DryRunScriptHost<IFrostingContext>>()
            .AddSingleton<TreeScriptHost>()
            .AddSingleton<DescriptionScriptHost>()
            .AddSingleton<IVersionResolver, VersionResolver>()
            .AddSingleton<VersionFeature>()
            .AddSingleton<InfoFeature>()
            .UseModule<CoreModule>()
            .UseModule<CommonModule>()
            .AddSingleton<TaskRegistration>()
            .AddSingleton<FrostingContext>()
            .AddSingleton<IFrostingContext>(provider => provider.GetRequiredService<FrostingContext>());
}
