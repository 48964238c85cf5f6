namespace SyscallBench.Build.Tests;

/// <summary>A clock that goes when it is told to.</summary>
internal sealed class ManualClock : TimeProvider
{
    private TimeSpan _since;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) + _since;

    public override long GetTimestamp() => _since.Ticks;

    public void Go(double seconds) => _since += TimeSpan.FromSeconds(seconds);
}
