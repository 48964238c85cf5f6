namespace SyscallBench.Build.Options;

/// <summary>Reads the arguments as Cake does (<c>--name=value</c>, <c>--name value</c>), but lets nothing pass that nobody declared.</summary>
public sealed class CommandLineParser(IEnumerable<Option> declared, TaskCatalogue tasks, string workingDirectory)
{
    private readonly List<Option> _options = [.. declared];

    /// <exception cref="UsageError">Names what is wrong and what is valid.</exception>
    public CommandLine Parse(IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, string>();
        var values = new List<OptionValue>();
        for (var index = 0; index < args.Count; index++)
        {
            var value = Read(args, ref index);
            values.Add(value);
            given[value.Option.Name] = value.Text;
        }

        // In the order of the declarations, so that --paper is a base that every other option improves on, wherever it is typed.
        var line = values
            .OrderBy(value => _options.IndexOf(value.Option))
            .Aggregate(new CommandLine { Typed = [.. args], Given = given }, (line, value) => value.Option.Apply(line, value));
        return line with { Targets = line.Targets.Count == 0 ? [TaskCatalogue.Default] : [.. line.Targets.Select(tasks.Canonical).Distinct()] };
    }

    private OptionValue Read(IReadOnlyList<string> args, ref int index)
    {
        var argument = args[index];
        if (!argument.StartsWith('-'))
            throw new UsageError($"unexpected argument '{argument}'{Hint(argument)}; ./build.sh --help lists targets and options");

        var parts = argument.Split('=', 2);
        var option = _options.FirstOrDefault(candidate => candidate.Answers(parts[0])) ?? throw Unknown(parts[0]);
        if (parts.Length == 2)
            return new OptionValue(option, parts[1], workingDirectory);
        if (option.IsFlag)
            return new OptionValue(option, "true", workingDirectory);
        if (index + 1 == args.Count || args[index + 1].StartsWith('-'))
            throw new UsageError($"--{option.Name} needs a value: {option.Usage}");
        return new OptionValue(option, args[++index], workingDirectory);
    }

    private string Hint(string word) =>
        tasks.Find(word) is { } task ? $" (did you mean --target={task.Name}?)"
        : _options.Any(option => option.Answers("--" + word.Split('=')[0])) ? $" (did you mean --{word}?)"
        : string.Empty;

    private UsageError Unknown(string spelling)
    {
        var names = _options.Select(option => "--" + option.Name).ToList();
        return new UsageError($"unknown option {spelling}{Nearest.Suggest(spelling, names)}; valid: {string.Join(", ", names.Order(StringComparer.Ordinal))}");
    }
}
