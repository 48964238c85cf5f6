using Cake.Cli;
using Cake.Common.Modules;
using Cake.Core;
using Cake.Core.Composition;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
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
            .AddSingleton(Configuration)
            .AddSingleton<BuildScriptHost<IFrostingContext>>()
            .AddSingleton<DryRunScriptHost<IFrostingContext>>()
            .AddSingleton<TreeScriptHost>()
            .AddSingleton<DescriptionScriptHost>()
            .AddModule(new CoreModule())
            .AddModule(new CommonModule())
            .AddSingleton<TaskRegistration>()
            .AddSingleton<IFrostingContext, FrostingContext>();

    // From cake.config and the environment.
    private static ICakeConfiguration Configuration(IServiceProvider provider)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        return new CakeConfigurationProvider(provider.GetRequiredService<IFileSystem>(), environment)
            .CreateConfiguration(environment.WorkingDirectory, new Dictionary<string, string>());
    }

    private static IServiceCollection AddModule(this IServiceCollection services, ICakeModule module)
    {
        var registrar = new ModuleRegistrar();
        module.Register(registrar);
        registrar.MoveTo(services);
        return services;
    }
}
