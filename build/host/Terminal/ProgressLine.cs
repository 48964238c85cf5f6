namespace SyscallBench.Build.Terminal;

/// <summary>
/// How far a long step is. On a terminal one line that is written over; elsewhere a line of its own, but seldom, so that a log stays readable. To be disposed of
/// however the step ends.
/// </summary>
/// <param name="clock">Decides what is seldom.</param>
public sealed class ProgressLine(string what, StatusLine status, Action<string> say, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _betweenFrames = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan _betweenLines = TimeSpan.FromSeconds(30);

    // Before that, the first few steps say nothing about the others.
    private static readonly TimeSpan _leastToGuessFrom = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private Func<string> _text = () => what;
    private (long Done, TimeSpan At)? _first;
    private TimeSpan _lastFrame = -_betweenFrames;
    private TimeSpan _lastLine;
    private ITimer? _timer;

    private TimeSpan Elapsed => clock.GetElapsedTime(_start);

    // The seconds are what moves while nothing else does.
    private string Head => _timer is null ? what : FormattableString.Invariant($"{what}, {(int)Elapsed.TotalMinutes}:{Elapsed.Seconds:00}");

    /// <summary>Shows the time that passes, also while the step says nothing. Not for guests that are measured: a timer of ours would disturb them.</summary>
    public ProgressLine Ticking()
    {
        var second = TimeSpan.FromSeconds(1);
        _text = () => Head;
        _timer ??= clock.CreateTimer(_ => Draw(least: second), null, second, second);
        return this;
    }

    /// <summary>For steps that come many in a second.</summary>
    public void Report(long done, long? total) => Report(done, total, number => FormattableString.Invariant($"{number}"), string.Empty);

    public void ReportBytes(long done, long? total) => Report(done, total, bytes => FormattableString.Invariant($"{bytes / 1e6:0.0}"), " MB");

    /// <summary>For what comes seldom enough to be shown each time.</summary>
    public void Show(string text)
    {
        lock (_lock)
            _text = () => text;
        Draw(least: TimeSpan.Zero);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
            status.Clear();
    }

    /// <summary>A time no finer than a guess deserves: <c>12 s</c>, <c>3 min</c>, <c>1.5 h</c>.</summary>
    public static string DurationText(TimeSpan time) => time.TotalSeconds switch
    {
        < 90 => FormattableString.Invariant($"{time.TotalSeconds:0} s"),
        < 90 * 60 => FormattableString.Invariant($"{time.TotalMinutes:0} min"),
        _ => FormattableString.Invariant($"{time.TotalHours:0.0} h"),
    };

    private void Report(long done, long? total, Func<long, string> format, string unit)
    {
        var all = total is > 0 ? Math.Max(total.Value, done) : (long?)null;
        var share = all is { } known ? FormattableString.Invariant($"{format(done)} of {format(known)}{unit} ({100 * done / known} %)") : format(done) + unit;
        lock (_lock)
        {
            var left = Left(done, all);
            var tail = left is { } time ? $", about {DurationText(time)} left" : _timer is null ? $", {DurationText(Elapsed)}" : "";
            _text = () => $"{Head}: {share}{tail}";
        }

        Draw(least: _betweenFrames);
    }

    // From what was done since it was first asked: an interrupted download's part was there already.
    private TimeSpan? Left(long done, long? total)
    {
        var first = _first ??= (done, Elapsed);
        var time = Elapsed - first.At;
        return total is { } all && done > first.Done && time >= _leastToGuessFrom ? time * ((all - done) / (double)(done - first.Done)) : null;
    }

    private void Draw(TimeSpan least)
    {
        lock (_lock)
        {
            if (Elapsed - _lastFrame < least)
                return;
            _lastFrame = Elapsed;
            status.Show(_text());
            if (status.IsAnimated || Elapsed - _lastLine < _betweenLines)
                return;
            _lastLine = Elapsed;
            say(_text());
        }
    }
}
