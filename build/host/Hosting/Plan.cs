using SyscallBench.Build.Options;

namespace SyscallBench.Build.Hosting;

/// <summary>The aligned block before the first task: the options that the tasks to come look at.</summary>
public static class Plan
{
    /// <param name="commandLine">What was asked for.</param>
    /// <param name="tasks">Names of the tasks that will run.</param>
    public static IEnumerable<string> Lines(CommandLine commandLine, IReadOnlyCollection<string> tasks)
    {
        ArgumentNullException.ThrowIfNull(commandLine);
        var relevant = BenchSwitches.All.Where(option => option.Targets.Count == 0 || option.Targets.Any(tasks.Contains)).ToList();
        var rows = relevant
            .Select(option => (option.Name, Text: commandLine.Given.GetValueOrDefault(option.Name) ?? option.Default))
            .Where(row => row.Text is not null)
            .ToList();
        if (tasks.Count > 1)
        {
            var width = rows.Select(row => row.Name.Length).DefaultIfEmpty().Max();
            foreach (var (name, text) in rows)
                yield return $"{name.PadRight(width)}  {text}";
        }

        var idle = BenchSwitches.All.Except(relevant).Where(option => commandLine.Given.ContainsKey(option.Name));
        foreach (var option in idle)
            yield return $"note: --{option.Name} changes nothing here; it belongs to {string.Join(", ", option.Targets)}";
    }
}
