using System.Reflection;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Finds the tasks, reads Cake's own switches and runs the build.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection _services = [];
    private readonly List<Assembly> _assemblies = [.. new[] { Assembly.GetEntryAssembly() }.OfType<Assembly>()];

    public CakeHost() => _services.AddEngine();

    public static CakeHost Create() => new();

    /// <summary>Looks for tasks in <paramref name="assembly"/> too; the entry assembly is always searched.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        _assemblies.Add(assembly);
        return this;
    }

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
        var tasks = _assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsTask);
        foreach (var task in tasks)
            _services.AddSingleton(typeof(IFrostingTask), task);

        var registrar = new TypeRegistrar();
        registrar.RegisterInstance(typeof(IServiceCollection), _services);
        return new CommandApp<DefaultCommand>(registrar).Run(args);
    }

    private static bool IsTask(Type type) => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask));
}
