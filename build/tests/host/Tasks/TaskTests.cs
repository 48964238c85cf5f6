using System.Reflection;

namespace SyscallBench.Build.Tests.Tasks;

/// <summary>What holds for every task. An internal one would silently not exist.</summary>
public sealed class TaskTests
{
    public static TheoryData<Type> Tasks => [.. typeof(BenchContext).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask)))];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Should_Be_Public_And_Sealed(Type task)
    {
        Assert.True(task.IsPublic);
        Assert.True(task.IsSealed);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Should_Be_Named_And_Described(Type task)
    {
        Assert.NotNull(task.GetCustomAttribute<TaskNameAttribute>());
        Assert.False(string.IsNullOrWhiteSpace(task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description));
    }

    // Another context would make the engine leave the task out with a mere warning.
    [Theory]
    [MemberData(nameof(Tasks))]
    public void Should_Work_On_Our_Context(Type task) => Assert.Equal(typeof(BenchContext), task.BaseType?.GenericTypeArguments.SingleOrDefault());
}
