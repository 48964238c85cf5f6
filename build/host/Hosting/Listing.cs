using SyscallBench.Boots;
using SyscallBench.Build.Options;
using SyscallBench.Build.Terminal;
using SyscallBench.Builds;
using SyscallBench.Reports;

namespace SyscallBench.Build.Hosting;

/// <summary>What is printed about targets and options, at most 80 columns wide.</summary>
public static class Listing
{
    private const int Width = 80;

    /// <summary>What <c>./build.sh</c> alone prints: every target with its options, ready to paste.</summary>
    public static IEnumerable<string> Lines(TaskCatalogue tasks)
    {
        yield return "What does a system call cost? Built from sources, booted under QEMU, measured.";
        yield return string.Empty;
        yield return "Each target runs what it needs first, and skips what is up to date:";
        foreach (var task in tasks.InOrder.Where(task => task.Name != TaskCatalogue.Default).OrderByDescending(task => task.Name == "All"))
        {
            yield return string.Empty;
            yield return $"  ./build.sh --target={task.Name}";
            foreach (var line in Wrap(task.Description, Width - 6).Concat(Block(BenchSwitches.All.Where(option => option.Targets.Contains(task.Name)))))
                yield return $"      {line}";
        }

        yield return string.Empty;
        yield return "With every target:";
        foreach (var line in Block([.. CakeSwitches.All, .. BenchSwitches.All.Where(option => option.Targets.Count == 0)]))
            yield return $"      {line}";
    }

    /// <summary>What holds in this run for the options that its tasks look at, aligned.</summary>
    public static IReadOnlyList<string> Defaults(CommandLine commandLine, IReadOnlyCollection<string> tasks)
    {
        var rows = Relevant(tasks)
            .Select(option => (option.Name, Text: commandLine.Given.GetValueOrDefault(option.Name) ?? option.Default))
            .Where(row => row.Text is not null)
            .ToList();
        var width = rows.Select(row => row.Name.Length).DefaultIfEmpty().Max();
        return [.. rows.Select(row => $"{row.Name.PadRight(width)}  {row.Text}")];
    }

    /// <summary>Says of options that were given and change nothing where they belong.</summary>
    public static IEnumerable<string> Idle(CommandLine commandLine, IReadOnlyCollection<string> tasks) => BenchSwitches.All.Except(Relevant(tasks))
        .Where(option => commandLine.Given.ContainsKey(option.Name))
        .Select(option => $"note: --{option.Name} changes nothing here; it belongs to {string.Join(", ", option.Targets)}");

    public static string Forecast(BootForecast forecast)
    {
        var time = forecast.Time is { } known ? $"about {ProgressLine.DurationText(known)} one after another" : "for how long no earlier boot says";
        return $"Run: {Readable.Count(forecast.Settings, "setting")}, {Readable.Count(forecast.Boots, "boot")}, {time}; boots that are there already are not made again";
    }

    /// <summary>What BuildKernel would build, in one line.</summary>
    public static string Forecast(KernelForecast forecast)
    {
        var kernels = $"BuildKernel: {Readable.Count(forecast.Kernels, "kernel")}";
        var time = forecast.Longest is { } known ? $"about {ProgressLine.DurationText(known)} each" : "some minutes each";
        return forecast.Missing.Count == 0 ? $"{kernels}, built before" : $"{kernels}, not built before: {string.Join(", ", forecast.Missing)}, {time}";
    }

    private static IEnumerable<Option> Relevant(IReadOnlyCollection<string> tasks) =>
        BenchSwitches.All.Where(option => option.Targets.Count == 0 || option.Targets.Any(tasks.Contains));

    // The option, and below it or beside it what it does.
    private static IEnumerable<string> Block(IEnumerable<Option> options) => options.SelectMany(option =>
    {
        const int Column = 20;
        var isShort = option.Usage.Length < Column;
        var text = option.Default is { } fallback ? $"{option.Description} (default: {fallback})" : option.Description;
        return (isShort ? [] : Wrap(option.Usage, Width - 6))
            .Concat(Wrap(text, Width - 6 - Column).Select((line, index) => (isShort && index == 0 ? option.Usage : "").PadRight(Column) + line));
    });

    // Breaks at spaces, and behind the commas and bars of a list of choices.
    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var end = text.LastIndexOfAny([' ', ',', '|'], width - 1) is > 0 and var found ? found + 1 : width;
            yield return text[..end].TrimEnd();
            text = text[end..].TrimStart();
        }

        yield return text;
    }
}
