using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The one command of a build: picks the script host that the switches ask for and lets it run the targets.</summary>
internal sealed class DefaultCommand(IServiceCollection services) : Command<DefaultCommandSettings>
{
    public override int Execute(CommandContext context, DefaultCommandSettings settings, CancellationToken cancellationToken)
    {
        services.AddSingleton<ICakeArguments>(context.Remaining.ToCakeArguments(settings.Targets));
        services.AddSingleton(context.Remaining);
        // Not disposed of, as in the genuine host: what a build registers, it disposes of.
        var provider = services.BuildServiceProvider();
        try
        {
            Run(provider, settings);
            return 0;
        }
#pragma warning disable CA1031 // The top of the program: whatever was thrown becomes a message and an exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            provider.GetRequiredService<ICakeLog>().LogException(exception);
            return -1;
        }
    }

    private static void Run(IServiceProvider provider, DefaultCommandSettings settings)
    {
        if (settings.Version)
        {
            provider.GetRequiredService<VersionFeature>().Run(provider.GetRequiredService<IConsole>());
            return;
        }

        if (settings.Info)
        {
            provider.GetRequiredService<InfoFeature>().Run(provider.GetRequiredService<IConsole>());
            return;
        }

        provider.GetRequiredService<ICakeLog>().Verbosity = settings.Verbosity;
        EnterWorkingDirectory(provider, settings);

        var host = ScriptHost(provider, settings);
        provider.GetRequiredService<TaskRegistration>().Register();
        if (settings.Exclusive)
            host.Settings.UseExclusiveTarget();
        host.RunTargets(settings.Targets);
    }

    private static void EnterWorkingDirectory(IServiceProvider provider, DefaultCommandSettings settings)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        var asked = settings.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path;
        var directory = asked?.MakeAbsolute(environment) ?? environment.WorkingDirectory;
        if (!provider.GetRequiredService<IFileSystem>().Exist(directory))
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");
        environment.WorkingDirectory = directory;
    }

    private static IScriptHost ScriptHost(IServiceProvider provider, DefaultCommandSettings settings) => settings switch
    {
        { DryRun: true } => provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
        { Tree: true } => provider.GetRequiredService<TreeScriptHost>(),
        { Description: true } => provider.GetRequiredService<DescriptionScriptHost>(),
        _ => provider.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
    };
}
