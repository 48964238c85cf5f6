using System.Text.RegularExpressions;
using SyscallBench.Sources;

namespace SyscallBench.Build.Options;

/// <summary>The text given for an option, and the ways to understand it. Each throws a <see cref="UsageError"/> that names option and text.</summary>
/// <param name="Option">The option it was given for.</param>
/// <param name="Text">As typed; <c>true</c> for a flag without a value.</param>
/// <param name="WorkingDirectory">Where relative paths start: the caller's directory, not the repository's.</param>
public sealed partial record OptionValue(Option Option, string Text, string WorkingDirectory)
{
    public bool Flag() => Text.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>A whole number in decimal; thousands may be set apart by commas, as defaults are printed.</summary>
    public long Number(long least, long most) =>
        long.TryParse(Thousands().IsMatch(Text) ? Text.Replace(",", "", StringComparison.Ordinal) : Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <inheritdoc cref="Number"/>
    public int Count(int least, int most) => (int)Number(least, most);

    public ulong Seed() =>
        ulong.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : throw Wrong("a whole number from 0 to 2^64-1");

    public TimeSpan Seconds(double most) =>
        TryDecimal(Text, out var seconds) && seconds > 0 && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a number of seconds above 0, at most {most}"));

    /// <summary><c>2%</c> or <c>0.02</c>, as a fraction of 1.</summary>
    public double Fraction()
    {
        var percent = Text.EndsWith('%');
        return TryDecimal(percent ? Text[..^1] : Text, out var number) && number >= 0 && number / (percent ? 100 : 1) < 1
            ? number / (percent ? 100 : 1)
            : throw Wrong("a share below 1, such as 2% or 0.02");
    }

    /// <summary>One of the words of the option's form.</summary>
    public string Choice()
    {
        var words = Option.Form!.Split('|');
        return words.FirstOrDefault(word => string.Equals(word, Text, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong("one of " + string.Join(", ", words));
    }

    /// <summary>A list with commas between; what is there twice counts once.</summary>
    /// <param name="wanted">What its entries are, for people.</param>
    /// <param name="read">Reads an entry; null where it is none.</param>
    public IReadOnlyList<T> List<T>(string wanted, Func<string, T?> read)
        where T : class
    {
        var words = Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 ? [.. words.Select(word => read(word) ?? throw Wrong(wanted)).Distinct()] : throw Wrong(wanted);
    }

    /// <summary>Two of <paramref name="valid"/>, or two files, as absolute paths.</summary>
    public IReadOnlyList<string> Pair(IReadOnlyList<string> valid)
    {
        var wanted = $"two of {string.Join(", ", valid)}, or two files, with a comma between";
        var names = Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length != 2 || names[0] == names[1])
            throw Wrong(wanted);
        if (names.All(valid.Contains))
            return names;
        string[] files = [.. names.Select(name => Path.GetFullPath(name, WorkingDirectory))];
        return files.All(File.Exists) ? files : throw Wrong(wanted);
    }

    /// <summary>Text that is safe as a file name and as one field of a QEMU argument.</summary>
    public string Word() => WordPattern().IsMatch(Text) ? Text : throw Wrong("letters, digits and . _ + - only");

    /// <summary>
    /// CPU models with their properties, each as QEMU's <c>-cpu</c> takes it. A part with a <c>=</c>, or that begins with <c>+</c> or <c>-</c>, is a property of the model before it; any other begins a model.
    /// </summary>
    public IReadOnlyList<string> CpuModels()
    {
        if (!CpuPattern().IsMatch(Text))
            throw Wrong("CPU models, each with its properties behind commas");
        var models = new List<string>();
        foreach (var part in Text.Split(','))
        {
            if (part.Contains('=', StringComparison.Ordinal) || part.StartsWith('+') || part.StartsWith('-'))
                models[^1] += $",{part}";
            else if (part.Length > 0)
                models.Add(part);
        }

        return models.GroupBy(model => model).FirstOrDefault(same => same.Skip(1).Any()) is { } twice
            ? throw new UsageError($"--{Option.Name}={Text}: {twice.Key} is there twice, and its boots are one setting; name each model once")
            : models;
    }

    /// <summary>Kernels with commas between: names as they are, paths as absolute ones. A path with a comma in it is one, where it leads somewhere.</summary>
    public IReadOnlyList<string> Kernels() => Text.Contains(',', StringComparison.Ordinal) && Path.Exists(FilePath())
        ? [FilePath()]
        : [.. Text.Split(',', StringSplitOptions.TrimEntries).Select(word => KernelChoice.IsName(word) ? word : (this with { Text = word }).FilePath())];

    /// <summary>An absolute path.</summary>
    public string FilePath() => Text.Length > 0 ? Path.GetFullPath(Text, WorkingDirectory) : throw Wrong("a path");

    /// <summary>A URL as it is, anything else as an absolute path.</summary>
    public string UrlOrPath() => Text.Contains("://", StringComparison.Ordinal) ? Text : FilePath();

    public UsageError Wrong(string wanted) => new($"--{Option.Name}={Text}: not {wanted}");

    private static bool TryDecimal(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^\d{1,3}(,\d{3})+\z")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]*(,[A-Za-z0-9._+=-]+)*\z")]
    private static partial Regex CpuPattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]*\z")]
    private static partial Regex WordPattern();
}
