using System.Diagnostics;
using SyscallBench.Boots;
using SyscallBench.Build.Events;
using SyscallBench.Build.Terminal;
using SyscallBench.Model;

namespace SyscallBench.Build.Boots;

/// <summary>Tells how the boots go: on a terminal in one line that is written between boots, elsewhere a line for each boot under <c>--verbosity=verbose</c>.</summary>
internal sealed class BootProgress(BenchContext context) : IBootProgress, IDisposable
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ProgressLine _line = context.Progress("booting");
    private readonly BootPace _pace = new();
    private readonly RunningMedian _medians = new(new BootStore(context.Workspace.RawEvaluation));
    private IReadOnlyList<PlannedBoot> _plan = [];
    private string _last = string.Empty;
    private int _failed;

    /// <summary>Boots that were made; the others were there already.</summary>
    public int Booted { get; private set; }

    public void Say(string sentence) => context.Say(sentence);

    public void Planned(IReadOnlyList<PlannedBoot> plan) => _plan = plan;

    public void Starting(PlannedBoot boot, int done, int total, string why)
    {
        Booted++;
        context.Events.Add(new BootStarted(boot.Platform.Name, boot.Boot, boot.Order, done, total, why));
        context.Detail(FormattableString.Invariant($"{done + 1}/{total} {boot.Platform.Name} boot {boot.Boot}: {why}"));

        var left = _pace.Left(_plan.Skip(boot.Order));
        var time = left is { } guess ? $", {Duration.Text(guess)} left" : string.Empty;
        _line.Show(done, total, left, FormattableString.Invariant($"{done} of {total} boots{time}, now {boot.Platform.Name}{_last}"));
    }

    public void Finished(PlannedBoot boot, BootRecord record)
    {
        _pace.Add(record);
        var scall = context.IsWatched ? _medians.Add(record) : null;
        var seconds = (record.Finished - record.Started).TotalSeconds;
        context.Events.Add(new BootFinished(
            record.Platform, record.Boot, record.Order, _plan.Count, seconds, record.Failure, record.Unit.Name(), scall));
        if (scall is { } median)
            _last = FormattableString.Invariant($"; {record.Platform} scall {median:0.##} {record.Unit.Name()}");
        if (record.Failure is { } failure)
        {
            _failed++;
            context.Say(FormattableString.Invariant($"{boot.Platform.Name} boot {boot.Boot} {context.Paint(Tone.Bad, "failed")}: {failure}"));
        }
    }

    public string Summary(RunRecord run)
    {
        var counting = run.Platforms.Sum(platform => platform.Boots.Count);
        return Booted == 0
            ? FormattableString.Invariant($"all {counting} boots are there: nothing changed")
            : FormattableString.Invariant($"{Booted} boots in {_watch.Elapsed.TotalSeconds:0.0} s, {counting - (Booted - _failed)} were there");
    }

    public void Dispose() => _line.Dispose();
}
