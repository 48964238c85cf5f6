using System.Globalization;
using System.Text;
using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Results;

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
                WriteLine(writer, platform, sample);
        }
    }

    // There may be millions of these: formatted on the stack.
    private static void WriteLine(TextWriter writer, string platform, Sample sample)
    {
        Span<char> line = stackalloc char[SampleCsv.LongestLine];
        var fits = sample.PerCall
            ? line.TryWrite(CultureInfo.InvariantCulture, $"{sample.Boot},{sample.Round},,{sample.Tsc},,{FixedPoint.Format(sample.Scall)},{FixedPoint.Format(sample.Fcall)}", out var length)
            : line.TryWrite(CultureInfo.InvariantCulture, $"{sample.Boot},{sample.Round},{sample.Iterations},{sample.Tsc},{sample.Empty},{sample.Scall},{sample.Fcall}", out length);
        fits &= line[length..].TryWrite($",{Names(sample.TscDisturbed)},{Names(sample.EmptyDisturbed)},{Names(sample.ScallDisturbed)},{Names(sample.FcallDisturbed)}", out var rest);
        if (!fits)
            throw new InvalidOperationException($"a sample of {platform} is longer than {SampleCsv.LongestLine} characters");

        writer.Write(platform);
        writer.Write(',');
        writer.WriteLine(line[..(length + rest)]);
    }

    private static string Names(Disturbance spoilt) => spoilt == Disturbance.None ? string.Empty : DisturbanceNames.Format(spoilt);
}
