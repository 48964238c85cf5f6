using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>Tells Cake's engine of every task class, its attributes, and the lifetimes.</summary>
internal sealed class TaskRegistration(
    ICakeEngine engine,
    IFrostingContext context,
    ICakeLog log,
    IEnumerable<IFrostingTask> tasks,
    IFrostingSetup? setup = null,
    IFrostingTeardown? teardown = null,
    IFrostingTaskSetup? taskSetup = null,
    IFrostingTaskTeardown? taskTeardown = null)
{
    public void Register()
    {
        foreach (var task in tasks)
            Register(task);

        if (setup is not null)
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        if (teardown is not null)
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        if (taskSetup is not null)
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        if (taskTeardown is not null)
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
    }

    private void Register(IFrostingTask task)
    {
        var type = task.GetType();
        log.Debug("Registering task: {0}", NameOf(type));
        if (ContextOf(type) is var wanted && !wanted.IsInstanceOfType(context))
        {
            log.Warning("Task cannot be used since the context isn't convertible to {0}.", wanted.FullName);
            return;
        }

        var builder = engine.RegisterTask(NameOf(type));
        if (type.GetCustomAttribute<TaskDescriptionAttribute>() is { Description.Length: > 0 } described)
            builder.Description(described.Description);
        AddHandlers(builder, task);

        foreach (var dependency in type.GetCustomAttributes<IsDependentOnAttribute>())
            builder.IsDependentOn(NameOf(Checked(dependency.Task)));
        foreach (var dependee in type.GetCustomAttributes<IsDependeeOfAttribute>())
            builder.IsDependeeOf(NameOf(Checked(dependee.Task)));
    }

    // A handler that is registered changes what the engine does (a task without an action is an aggregate, a task with an
    // error handler does not fail), so only overridden ones are.
    private void AddHandlers(CakeTaskBuilder builder, IFrostingTask task)
    {
        var type = task.GetType();
        if (Overrides(type, nameof(FrostingTask.Run)) || Overrides(type, nameof(AsyncFrostingTask.RunAsync)))
            builder.Does(task.RunAsync);
        if (Overrides(type, nameof(IFrostingTask.ShouldRun)))
            builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        if (type.IsDefined(typeof(ContinueOnErrorAttribute)))
            builder.ContinueOnError();
        if (Overrides(type, nameof(IFrostingTask.OnError)))
            builder.OnError(exception => task.OnError(exception, context));
        if (Overrides(type, nameof(IFrostingTask.Finally)))
            builder.Finally(() => task.Finally(context));
    }

    private static bool Overrides(Type type, string method) =>
        type.GetMethods().Any(candidate =>
            candidate.Name == method && candidate.GetBaseDefinition().DeclaringType != candidate.DeclaringType);

    private static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    private static Type Checked(Type task) =>
        task.IsAssignableTo(typeof(IFrostingTask))
            ? task
            : throw new FrostingException($"The dependency '{task.Name}' is not a valid task.");

    private static Type ContextOf(Type task) =>
        task.BaseType is { IsConstructedGenericType: true } parent
        && (parent.GetGenericTypeDefinition() == typeof(FrostingTask<>) || parent.GetGenericTypeDefinition() == typeof(AsyncFrostingTask<>))
            ? parent.GenericTypeArguments[0]
            : typeof(ICakeContext);
}
