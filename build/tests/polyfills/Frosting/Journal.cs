using Cake.Core;
using Cake.Frosting;

namespace SyscallBench.Polyfills.Tests.Frosting;

/// <summary>What ran, in order.</summary>
public sealed class Journal
{
    public List<string> Entries { get; } = [];

    public string Text => string.Join(' ', Entries);
}

/// <summary>Context of every task of these tests.</summary>
public sealed class JournalContext(ICakeContext context, Journal journal) : FrostingContext(context)
{
    public void Note(string entry) => journal.Entries.Add(entry);
}

public sealed class JournalLifetime : FrostingLifetime<JournalContext>
{
    public override void Setup(JournalContext context, ISetupContext info) => context.Note($"setup({info.TargetTask.Name})");

    public override void Teardown(JournalContext context, ITeardownContext info) =>
        context.Note($"teardown({info.ThrownException?.Message ?? "fine"})");
}

public sealed class JournalTaskLifetime : FrostingTaskLifetime<JournalContext>
{
    public override void Setup(JournalContext context, ITaskSetupContext info) => context.Note($"<{info.Task.Name}");

    public override void Teardown(JournalContext context, ITaskTeardownContext info) => context.Note($"{info.Task.Name}>");
}
