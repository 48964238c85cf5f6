namespace SyscallBench.Build.Tests;

/// <summary>A clock that goes when it is told to, with its timers.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private TimeSpan _since;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _since.Ticks;

    public void Go(double seconds)
    {
        _since += TimeSpan.FromSeconds(seconds);
        foreach (var timer in _timers.ToList())
            timer.Tick(_since);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), _since + dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    private sealed class Timer(ManualClock clock, Action callback, TimeSpan due, TimeSpan period) : ITimer
    {
        private TimeSpan _due = due;

        public void Tick(TimeSpan now)
        {
            for (; _due <= now; _due += period)
                callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
