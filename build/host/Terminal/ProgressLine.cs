using SyscallBench.Build.Events;

namespace SyscallBench.Build.Terminal;

/// <summary>
/// How far a long step is. On a terminal one line that is written over; elsewhere a line of its own, but seldom, so that a log stays readable. To be disposed of
/// however the step ends.
/// </summary>
/// <param name="what">The step, in a person's words.</param>
/// <param name="status">The terminal's line.</param>
/// <param name="say">Prints a line of its own.</param>
/// <param name="events">Is told too.</param>
/// <param name="clock">Decides what is seldom.</param>
public sealed class ProgressLine(string what, StatusLine status, Action<string> say, EventLog events, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _betweenFrames = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan _betweenEvents = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _betweenLines = TimeSpan.FromSeconds(30);

    private readonly long _start = clock.GetTimestamp();
    private readonly Guess _guess = new();
    private TimeSpan _lastFrame = -_betweenFrames;
    private TimeSpan _lastEvent;
    private TimeSpan _lastLine;

    private TimeSpan Elapsed => clock.GetElapsedTime(_start);

    /// <summary>For steps that come many in a second.</summary>
    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps in all; null where nobody knows.</param>
    public void Report(long done, long? total) => Report(done, total, number => FormattableString.Invariant($"{number}"), string.Empty);

    /// <inheritdoc cref="Report(long, long?)"/>
    public void ReportBytes(long done, long? total) => Report(done, total, bytes => FormattableString.Invariant($"{bytes / 1e6:0.0}"), " MB");

    /// <summary>For what comes seldom enough to be shown each time.</summary>
    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps in all; null where nobody knows.</param>
    /// <param name="left">Time until all are done, roughly; null where nobody knows.</param>
    /// <param name="text">All that is to be read.</param>
    public void Show(long done, long? total, TimeSpan? left, string text)
    {
        var elapsed = Elapsed;
        status.Show(text);
        if (!status.IsAnimated && elapsed - _lastLine >= _betweenLines)
        {
            _lastLine = elapsed;
            say(text);
        }

        if (elapsed - _lastEvent < _betweenEvents)
            return;
        _lastEvent = elapsed;
        events.Add(new ProgressMade(what, done, total, left?.TotalSeconds));
    }

    public void Dispose() => status.Clear();

    private void Report(long done, long? total, Func<long, string> format, string unit)
    {
        if (Elapsed - _lastFrame < _betweenFrames)
            return;
        _lastFrame = Elapsed;
        var all = total is > 0 ? Math.Max(total.Value, done) : (long?)null;
        var left = _guess.Left(done, all, Elapsed);
        var share = all is { } known ? FormattableString.Invariant($"{format(done)} of {format(known)}{unit} ({100 * done / known} %)") : format(done) + unit;
        Show(done, all, left, $"{what}: {share}, {(left is { } time ? $"about {Duration.Text(time)} left" : Duration.Text(Elapsed))}");
    }
}
