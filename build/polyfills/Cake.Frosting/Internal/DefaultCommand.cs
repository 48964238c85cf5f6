using Cake.Cli;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The one command of a build: picks the script host that the switches ask for and lets it run the targets.</summary>
internal sealed class DefaultCommand(IServiceCollection services) : Command<DefaultCommand.Switches>
{
    public override int Execute(CommandContext context, Switches settings, CancellationToken cancellationToken)
    {
        services.AddSingleton<ICakeArguments>(new CakeArguments(settings.Targets.ToLookup(_ => "target")));
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

    private static void Run(IServiceProvider provider, Switches settings)
    {
        provider.GetRequiredService<ICakeLog>().Verbosity = settings.Verbosity;
        if (provider.GetService<DirectoryPath>() is { } directory)
            provider.GetRequiredService<ICakeEnvironment>().WorkingDirectory = directory;

        IScriptHost host = settings switch
        {
            { DryRun: true } => provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
            { Tree: true } => provider.GetRequiredService<TreeScriptHost>(),
            { Description: true } => provider.GetRequiredService<DescriptionScriptHost>(),
            _ => provider.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
        };
        provider.GetRequiredService<TaskRegistration>().Register();
        if (settings.Exclusive)
            host.Settings.UseExclusiveTarget();
        host.RunTargets(settings.Targets);
    }

    /// <summary>Cake's own switches.</summary>
    internal sealed class Switches : CommandSettings
    {
        [CommandOption("--target <TARGET>")]
        public string[] Targets { get; set; } = [];

        [CommandOption("--verbosity <VERBOSITY>")]
        public Verbosity Verbosity { get; set; } = Verbosity.Normal;

        [CommandOption("--description")]
        public bool Description { get; set; }

        [CommandOption("--tree")]
        public bool Tree { get; set; }

        [CommandOption("--dryrun")]
        public bool DryRun { get; set; }

        [CommandOption("--exclusive")]
        public bool Exclusive { get; set; }
    }
}
