using System.Reflection;

namespace SyscallBench.Build.Options;

/// <summary>One target, as its attributes declare it.</summary>
public sealed record TaskEntry(string Name, string Description, IReadOnlyList<string> Needs);

/// <summary>Every target there is, known before the engine starts.</summary>
public sealed class TaskCatalogue
{
    public const string Default = "Default";

    private readonly Dictionary<string, TaskEntry> _byName;

    public TaskCatalogue(IEnumerable<TaskEntry> entries)
    {
        _byName = entries.ToDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);
        InOrder = [.. With(["All"]), .. _byName.Values.Except(With(["All"])).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <summary>What All runs, in its order, then the others by name.</summary>
    public IReadOnlyList<TaskEntry> InOrder { get; }

    public static TaskCatalogue Of(Assembly assembly) => new(assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask)))
        .Select(type => new TaskEntry(
            NameOf(type),
            type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty,
            [.. type.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => NameOf(attribute.Task))])));

    /// <summary>The target of that name in any case, or null.</summary>
    public TaskEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <exception cref="UsageError">No target has that name.</exception>
    public string Canonical(string name) => Find(name)?.Name ?? throw new UsageError(
        $"unknown target '{name}'{Nearest.Suggest(name, _byName.Keys)}; valid: {string.Join(", ", InOrder.Select(entry => entry.Name))}");

    /// <summary>The targets and all they need, each once, in an order that they can run in.</summary>
    public IReadOnlyList<TaskEntry> With(IEnumerable<string> targets)
    {
        var ordered = new List<TaskEntry>();
        foreach (var target in targets)
            Visit(target, ordered);
        return ordered;
    }

    /// <summary>Names of the tasks that the command line runs, in order.</summary>
    public IReadOnlyList<string> ThatRun(CommandLine commandLine) =>
        commandLine.Exclusive ? commandLine.Targets : [.. With(commandLine.Targets).Select(task => task.Name)];

    private void Visit(string name, List<TaskEntry> ordered)
    {
        if (Find(name) is not { } entry || ordered.Contains(entry))
            return;
        foreach (var need in entry.Needs)
            Visit(need, ordered);
        ordered.Add(entry);
    }

    private static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;
}
