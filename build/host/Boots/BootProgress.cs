using System.Diagnostics;
using SyscallBench.Boots;
using SyscallBench.Build.Terminal;
using SyscallBench.Reports;

namespace SyscallBench.Build.Boots;

/// <summary>Tells how the boots go: on a terminal in one line that is written between boots, elsewhere a line for each boot under <c>--verbosity=verbose</c>.</summary>
internal sealed class BootProgress(BenchContext context) : IBootProgress, IDisposable
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ProgressLine _line = context.Progress("booting", isMeasured: true);
    private readonly BootPace _pace = new();
    private readonly HashSet<PlannedBoot> _ahead = [];
    private int _counted;

    /// <summary>Boots that were made; the others were there already.</summary>
    public int Booted { get; private set; }

    public void Say(string sentence) => context.Say(sentence);

    public void Missing(IReadOnlyList<PlannedBoot> boots) => _ahead.UnionWith(boots);

    public void Starting(PlannedBoot boot, int done, int total, string why)
    {
        Booted++;
        context.Detail(FormattableString.Invariant($"{done + 1}/{total} {boot.Platform.Name} boot {boot.Boot}: {why}"));

        var left = _pace.Left(_ahead);
        _ahead.Remove(boot);
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
            : FormattableString.Invariant($"{Readable.Count(Booted, "boot")} in {_watch.Elapsed.TotalSeconds:0.0} s, {counting - _counted} were there");
    }

    public void Dispose() => _line.Dispose();
}

/// <summary>How long boots take, by platform, and so how long the rest of them will.</summary>
internal sealed class BootPace
{
    private readonly Dictionary<string, (int Boots, TimeSpan Time)> _byPlatform = [];
    private readonly HashSet<string> _failed = [];
    private (DateTimeOffset From, DateTimeOffset To, TimeSpan InAll)? _over;

    public void Add(BootRecord record)
    {
        var (from, to, inAll) = _over ?? (record.Started, record.Finished, TimeSpan.Zero);
        _over = (from < record.Started ? from : record.Started, to > record.Finished ? to : record.Finished, inAll + (record.Finished - record.Started));

        // One that failed has none of its platform after it, and took the time of its deadline rather than its own.
        if (record.Failure is not null)
        {
            _failed.Add(record.Setting.Platform);
            return;
        }

        var (boots, time) = _byPlatform.GetValueOrDefault(record.Setting.Platform);
        _byPlatform[record.Setting.Platform] = (boots + 1, time + (record.Finished - record.Started));
    }

    /// <summary>
    /// Time that these boots will take, as many at once as so far; null while none is over. A platform that was not booted yet is taken for an average one.
    /// </summary>
    public TimeSpan? Left(IEnumerable<PlannedBoot> boots)
    {
        if (_byPlatform.Count == 0 || _over is not { } over)
            return null;
        var atOnce = Math.Max(1, over.InAll / (over.To - over.From));
        var means = _byPlatform.ToDictionary(entry => entry.Key, entry => entry.Value.Time / entry.Value.Boots);
        var average = TimeSpan.FromSeconds(means.Values.Average(mean => mean.TotalSeconds));
        return boots
            .Where(boot => !_failed.Contains(boot.Platform.Name))
            .Aggregate(TimeSpan.Zero, (sum, boot) => sum + means.GetValueOrDefault(boot.Platform.Name, average)) / atOnce;
    }
}
