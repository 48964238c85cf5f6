using System.Reflection;
using Cake.Core.IO;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Finds the tasks, reads Cake's own switches and runs the build.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection _services = [];

    public CakeHost() => _services.AddEngine();

    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services(_services);
        return this;
    }

    /// <summary>Runs the build.</summary>
    /// <returns>0 when all went well, -1 (a process ends with 255) on any failure.</returns>
    public int Run(IEnumerable<string> args)
    {
        // Exported types only: an internal task does not exist, which a build should test for.
        foreach (var task in Assembly.GetEntryAssembly()!.GetExportedTypes().Where(IsTask))
            _services.AddSingleton(typeof(IFrostingTask), task);

        var registrar = new TypeRegistrar();
        registrar.RegisterInstance(typeof(IServiceCollection), _services);
        return new CommandApp<DefaultCommand>(registrar).Run(args);
    }

    private static bool IsTask(Type type) => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask));
}

/// <summary>The fluent half of <see cref="CakeHost"/>. Of several registrations of one kind, the last counts.</summary>
public static class CakeHostExtensions
{
    public static CakeHost UseContext<TContext>(this CakeHost host)
        where TContext : class, IFrostingContext =>
        host.Use(services => services.AddSingleton<IFrostingContext, TContext>());

    public static CakeHost UseLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingLifetime =>
        host.Use(services => services.AddSingleton<IFrostingLifetime, TLifetime>());

    public static CakeHost UseTaskLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingTaskLifetime =>
        host.Use(services => services.AddSingleton<IFrostingTaskLifetime, TLifetime>());

    /// <summary>The directory that a build works in.</summary>
    public static CakeHost UseWorkingDirectory(this CakeHost host, DirectoryPath path) =>
        host.Use(services => services.AddSingleton(path));

    private static CakeHost Use(this CakeHost host, Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.ConfigureServices(services);
    }
}
