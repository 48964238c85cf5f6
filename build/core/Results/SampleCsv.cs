using System.Text;
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
    private const string Remedy = "run --target=Parse to make it";

    // A million boots of the paper's.
    private const long LargestFile = 1L << 30;

    /// <summary>One line, without its line feed. Numbers read back to the same bits.</summary>
    public static string Line(Sample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sample.Boot},{sample.Round},{(sample.PerCall ? "" : sample.Iterations)},{sample.Tsc},{(sample.PerCall ? "" : sample.Empty)},{sample.Scall},{sample.Fcall},")
        + string.Join(',', ((Disturbance[])[sample.TscDisturbed, sample.EmptyDisturbed, sample.ScallDisturbed, sample.FcallDisturbed]).Select(DisturbanceNames.Format));

    public static void Write(string path, IEnumerable<Sample> samples) => AtomicFile.Write(path, string.Concat(samples.Select(Line).Prepend(Header).Select(line => line + "\n")));

    /// <exception cref="UserError">The file is missing, unreadable, or has a line that is no sample; the message says which.</exception>
    public static IReadOnlyList<Sample> Read(string path)
    {
        var lines = Encoding.UTF8.GetString(BoundedFile.Require(path, LargestFile, Remedy)).TrimEnd('\n').Split('\n');
        if (lines[0] != Header)
            throw Damaged(path, 1, $"the header is not {Header}");

        var samples = new Sample[lines.Length - 1];
        for (var index = 1; index < lines.Length; index++)
        {
            try
            {
                samples[index - 1] = Parse(lines[index].Split(','));
            }
            catch (Exception fault) when (fault is FormatException or OverflowException)
            {
                throw Damaged(path, index + 1, fault.Message);
            }
        }

        return samples;
    }

    private static Sample Parse(string[] columns)
    {
        if (columns.Length != Columns)
            throw new FormatException($"{columns.Length} instead of {Columns} columns");
        var perCall = columns[2].Length == 0;
        if (perCall != (columns[4].Length == 0))
            throw new FormatException("only one of empty and iterations has a value");
        var iterations = perCall ? 1 : long.Parse(columns[2], NumberStyles.None, CultureInfo.InvariantCulture);
        return new Sample(Whole(columns[0]), Whole(columns[1]), iterations > 0 ? iterations : throw new FormatException("iterations is 0"), Number(columns[3]), perCall ? 0 : Number(columns[4]), Number(columns[5]), Number(columns[6]))
        {
            PerCall = perCall,
            TscDisturbed = Disturbed(columns[7]),
            EmptyDisturbed = Disturbed(columns[8]),
            ScallDisturbed = Disturbed(columns[9]),
            FcallDisturbed = Disturbed(columns[10]),
        };
    }

    private static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Number(string text) =>
        double.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture) is var value && double.IsFinite(value)
            ? value
            : throw new FormatException($"{text} is no number of ticks");

    private static Disturbance Disturbed(string text) =>
        DisturbanceNames.TryParse(text, out var disturbance) ? disturbance : throw new FormatException($"a _disturbed column is none of {DisturbanceNames.All}, joined by +");

    private static UserError Damaged(string path, int line, string fault) =>
        new($"{path}:{line} is no sample: {SafeText.Escape(fault)}; {Remedy} from the console logs");
}
