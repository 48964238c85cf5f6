using SyscallBench.Build.Options;

namespace SyscallBench.Build.Hosting;

/// <summary>What <c>./build.sh</c> alone prints: every target with its options, ready to paste.</summary>
public static class Listing
{
    public static IEnumerable<string> Lines(TaskCatalogue tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        yield return "What does a system call cost? Built from sources, booted under QEMU, measured.";
        yield return string.Empty;
        yield return "Targets; each runs what it needs first, and skips what is up to date:";
        var targets = tasks.InOrder.Where(task => task.Name != TaskCatalogue.Default).ToList();
        var width = targets.Max(task => Command(task).Length);
        foreach (var task in targets)
        {
            yield return string.Empty;
            yield return $"  {Command(task).PadRight(width)}  # {task.Description}";
            foreach (var line in Block(BenchSwitches.All.Where(option => option.Targets.Contains(task.Name))))
                yield return $"      {line}";
        }

        yield return string.Empty;
        yield return "With every target:";
        foreach (var line in Block([.. CakeSwitches.All, .. BenchSwitches.All.Where(option => option.Targets.Count == 0)]))
            yield return $"      {line}";
    }

    private static string Command(TaskEntry task) => $"./build.sh --target={task.Name}";

    private static IEnumerable<string> Block(IEnumerable<Option> options)
    {
        const int column = 30;
        foreach (var option in options)
        {
            var text = option.Default is { } fallback ? $"{option.Description} (default: {fallback})" : option.Description;
            if (option.Usage.Length < column)
            {
                yield return $"{option.Usage.PadRight(column)}{text}";
            }
            else
            {
                yield return option.Usage;
                yield return new string(' ', column) + text;
            }
        }
    }
}
