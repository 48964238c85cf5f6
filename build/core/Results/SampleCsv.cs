using System.Globalization;
using System.Text;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>
/// The format of <c>eval/parsed/&lt;platform&gt;/&lt;setting&gt;.csv</c>: one line per round, clock differences in ticks. An empty <c>iterations</c> says that the
/// calls' values are per call already, with decimals (the artifact's format); an empty <c>empty</c> that no such loop was timed. The <c>_disturbed</c>
/// columns are empty for a clean region, else names joined by <c>+</c>.
/// </summary>
public static class SampleCsv
{
    public const string Header = "boot,round,iterations,tsc,empty,scall,fcall,tsc_disturbed,empty_disturbed,scall_disturbed,fcall_disturbed";

    private const int Columns = 11;

    // A million boots of the paper's.
    private const long LargestFile = 1L << 30;

    /// <summary>One line, without its line feed. Numbers read back to the same bits.</summary>
    public static string Line(Sample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.Boot},{sample.Round},{(sample.PerCall ? "" : sample.Iterations)},{sample.Tsc},{(sample.PerCall ? "" : sample.Empty)},{sample.Scall},{sample.Fcall},{Names(sample.TscDisturbed)},{Names(sample.EmptyDisturbed)},{Names(sample.ScallDisturbed)},{Names(sample.FcallDisturbed)}");

    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<Sample> samples) => AtomicFile.Write(path, string.Concat(samples.Select(Line).Prepend(Header).Select(line => line + "\n")));

    /// <summary>The samples of a file, in the file's order.</summary>
    /// <exception cref="UserError">The file is missing, unreadable, or has a line that is no sample; the message says which.</exception>
    public static IReadOnlyList<Sample> Read(string path)
    {
        var lines = ReadText(path).TrimEnd('\n').Split('\n');
        if (lines[0] != Header)
            throw Damaged(path, 1, $"the header is not {Header}");

        var samples = new Sample[lines.Length - 1];
        for (var index = 1; index < lines.Length; index++)
        {
            if (WhyNoSample(lines[index], out samples[index - 1]) is { } fault)
                throw Damaged(path, index + 1, fault);
        }

        return samples;
    }

    private static string? WhyNoSample(string line, out Sample sample)
    {
        sample = default;
        var columns = line.Split(',');
        if (columns.Length != Columns)
            return $"{columns.Length} instead of {Columns} columns";

        var perCall = columns[2].Length == 0;
        var disturbed = new Disturbance[4];
        if (!int.TryParse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture, out var boot) || !int.TryParse(columns[1], NumberStyles.None, CultureInfo.InvariantCulture, out var round))
            return "boot or round is no number";
        if (!long.TryParse(perCall ? "1" : columns[2], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations < 1)
            return "iterations is no positive number";
        if (perCall != (columns[4].Length == 0))
            return "only one of empty and iterations has a value";
        if (!TryNumber(columns[3], out var tsc) || !TryNumber(perCall ? "0" : columns[4], out var empty) || !TryNumber(columns[5], out var scall) || !TryNumber(columns[6], out var fcall))
            return "tsc, empty, scall or fcall is no number";
        for (var region = 0; region < disturbed.Length; region++)
        {
            if (!DisturbanceNames.TryParse(columns[7 + region], out disturbed[region]))
                return $"a _disturbed column is none of {DisturbanceNames.All}, joined by +";
        }

        sample = new Sample(boot, round, iterations, tsc, empty, scall, fcall)
        {
            PerCall = perCall,
            TscDisturbed = disturbed[0],
            EmptyDisturbed = disturbed[1],
            ScallDisturbed = disturbed[2],
            FcallDisturbed = disturbed[3],
        };
        return null;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static string Names(Disturbance disturbance) => DisturbanceNames.Format(disturbance);

    private static string ReadText(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(BoundedFile.ReadAllBytes(path, LargestFile));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"{path} does not exist: run --target=Parse to make it", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static UserError Damaged(string path, int line, string fault) =>
        new($"{path}:{line} is no sample: {SafeText.Escape(fault)}; run --target=Parse to make the file again from the console logs");
}
