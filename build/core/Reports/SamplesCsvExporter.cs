using System.Globalization;
using SyscallBench.Samples;

namespace SyscallBench.Reports;

/// <summary>
/// <c>samples.csv</c>: every round of every boot in the clock's own ticks, nothing subtracted, divided or left out; the last columns say what spoilt a
/// region (flags of <see cref="Spoilt"/>, 0 where it is clean).
/// </summary>
public sealed class SamplesCsvExporter : TextExporter
{
    public override string FileName => "samples.csv";

    protected override void Write(Report report, TextWriter writer)
    {
        writer.WriteLine("platform,boot,round,iterations,tsc,empty,scall,fcall,tsc_spoilt,empty_spoilt,scall_spoilt,fcall_spoilt");
        foreach (var (platform, samples) in report.Samples)
        {
            foreach (var sample in samples)
            {
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{platform},{sample.Boot},{sample.Round},{sample.Iterations},{sample.Tsc},{sample.Empty},{sample.Scall},{sample.Fcall},{(int)sample.TscSpoilt},{(int)sample.EmptySpoilt},{(int)sample.ScallSpoilt},{(int)sample.FcallSpoilt}"));
            }
        }
    }
}
