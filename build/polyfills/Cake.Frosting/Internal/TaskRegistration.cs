using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>Tells Cake's engine of every task class, its attributes, and the lifetimes.</summary>
internal sealed class TaskRegistration(
    ICakeEngine engine, IFrostingContext context, IEnumerable<IFrostingTask> tasks, IFrostingLifetime? lifetime = null, IFrostingTaskLifetime? taskLifetime = null)
{
    public void Register()
    {
        foreach (var task in tasks)
            Register(task);

        if (lifetime is not null)
        {
            engine.RegisterSetupAction(info => lifetime.Setup(context, info));
            engine.RegisterTeardownAction(info => lifetime.Teardown(context, info));
        }

        if (taskLifetime is not null)
        {
            engine.RegisterTaskSetupAction(info => taskLifetime.Setup(context, info));
            engine.RegisterTaskTeardownAction(info => taskLifetime.Teardown(context, info));
        }
    }

    private void Register(IFrostingTask task)
    {
        var type = task.GetType();
        var builder = engine.RegisterTask(NameOf(type));
        if (type.GetCustomAttribute<TaskDescriptionAttribute>() is { } described)
            builder.Description(described.Description);
        // What is registered changes what the engine does (a task without an action is an aggregate), so only overridden methods are.
        if (Overrides(type, "Run") || Overrides(type, nameof(IFrostingTask.RunAsync)))
            builder.Does(task.RunAsync);
        if (Overrides(type, nameof(IFrostingTask.ShouldRun)))
            builder.WithCriteria(task.ShouldRun, string.Empty);
        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
            builder.IsDependentOn(NameOf(dependency.Task));
    }

    private static bool Overrides(Type type, string method) =>
        type.GetMethods().Any(candidate =>
            candidate.Name == method && candidate.GetBaseDefinition().DeclaringType != candidate.DeclaringType);

    private static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;
}
