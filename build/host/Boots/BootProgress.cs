using System.Diagnostics;
using System.Globalization;
using SyscallBench.Boots;
using SyscallBench.Build.Hosting;

namespace SyscallBench.Build.Boots;

/// <summary>Tells how the boots go: on a terminal in one line, elsewhere a line for each boot.</summary>
internal sealed class BootProgress(BenchContext context) : IBootProgress
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ProgressLine _line = context.Progress("booting");

    /// <summary>Boots that were made; the others were there already.</summary>
    public int Booted { get; private set; }

    public void Say(string sentence) => context.Say(sentence);

    public void Starting(PlannedBoot boot, int done, int total, string why)
    {
        Booted++;
        _line.Report(done, total);
        context.Detail(string.Create(CultureInfo.InvariantCulture, $"{done + 1}/{total} {boot.Platform.Name} boot {boot.Boot}: {why}"));
    }

    public void Finished(PlannedBoot boot, BootRecord record)
    {
        if (record.Failure is { } failure)
            context.Say(string.Create(CultureInfo.InvariantCulture, $"{boot.Platform.Name} boot {boot.Boot} failed: {failure}"));
    }

    public void End() => _line.End();

    public string Summary(RunRecord run)
    {
        var counting = run.Platforms.Sum(platform => platform.Boots.Count);
        return Booted == 0
            ? string.Create(CultureInfo.InvariantCulture, $"all {counting} boots are there: nothing changed")
            : string.Create(CultureInfo.InvariantCulture, $"{Booted} boots in {_watch.Elapsed.TotalSeconds:0.0} s, {counting - Booted} were there");
    }
}
