using System.Globalization;
using System.Text;
using SyscallBench.Protocol;
using SyscallBench.Samples;

namespace SyscallBench.Reports;

/// <summary>
/// <c>samples.csv</c>: every round of every boot in the clock's own ticks, nothing subtracted, divided or left out: the columns of <see cref="SampleCsv"/> behind
/// the platform's name.
/// </summary>
public sealed class SamplesCsvExporter : TextExporter
{
    public override string FileName => "samples.csv";

    protected override void Write(Report report, TextWriter writer)
    {
        writer.WriteLine($"platform,{Encoding.ASCII.GetString(SampleCsv.Header)}");
        foreach (var (platform, samples) in report.Samples)
        {
            foreach (var sample in samples)
                writer.WriteLine(Line(platform, sample));
        }
    }

    private static string Line(string platform, Sample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{platform},{sample.Boot},{sample.Round},{Ticks(sample)},{Names(sample.TscSpoilt)},{Names(sample.EmptySpoilt)},{Names(sample.ScallSpoilt)},{Names(sample.FcallSpoilt)}");

    private static string Ticks(Sample sample) => sample.PerCall
        ? string.Create(CultureInfo.InvariantCulture, $",{sample.Tsc},,{FixedPoint.Format(sample.Scall)},{FixedPoint.Format(sample.Fcall)}")
        : string.Create(CultureInfo.InvariantCulture, $"{sample.Iterations},{sample.Tsc},{sample.Empty},{sample.Scall},{sample.Fcall}");

    private static string Names(Spoilt spoilt)
    {
        if (spoilt == Spoilt.None)
            return string.Empty;

        Span<byte> text = stackalloc byte[SampleCsv.LongestLine];
        return Encoding.ASCII.GetString(text[..SpoiltNames.Write(spoilt, text)]);
    }
}
