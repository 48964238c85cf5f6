using System.Diagnostics;
using SyscallBench.Boots;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Boots;

/// <summary>Tells how the boots go: on a terminal in one line that is written between boots, elsewhere a line for each boot under <c>--verbosity=verbose</c>.</summary>
internal sealed class BootProgress(BenchContext context) : IBootProgress, IDisposable
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ProgressLine _line = context.Progress("booting", isMeasured: true);
    private readonly BootPace _pace = new();
    private IReadOnlyList<PlannedBoot> _plan = [];
    private int _counted;

    /// <summary>Boots that were made; the others were there already.</summary>
    public int Booted { get; private set; }

    public void Say(string sentence) => context.Say(sentence);

    public void Planned(IReadOnlyList<PlannedBoot> plan) => _plan = plan;

    public void Starting(PlannedBoot boot, int done, int total, string why)
    {
        Booted++;
        context.Detail(FormattableString.Invariant($"{done + 1}/{total} {boot.Platform.Name} boot {boot.Boot}: {why}"));

        var left = _pace.Left(_plan.Skip(boot.Order));
        var time = left is { } guess ? $", {ProgressLine.DurationText(guess)} left" : string.Empty;
        _line.Show(FormattableString.Invariant($"{done} of {total} boots{time}, now {boot.Platform.Name}"));
    }

    public void Finished(PlannedBoot boot, BootRecord record)
    {
        _pace.Add(record);
        if (record.Failure is { } failure)
            context.Say(FormattableString.Invariant($"{boot.Platform.Name} boot {boot.Boot}, attempt {record.Attempt}, failed: {failure}"));
        else
            _counted++;
    }

    public string Summary(RunRecord run)
    {
        var counting = run.Platforms.Sum(platform => platform.Boots.Count);
        return Booted == 0
            ? FormattableString.Invariant($"all {counting} boots are there: nothing changed")
            : FormattableString.Invariant($"{Booted} {(Booted == 1 ? "boot" : "boots")} in {_watch.Elapsed.TotalSeconds:0.0} s, {counting - _counted} were there");
    }

    public void Dispose() => _line.Dispose();
}
