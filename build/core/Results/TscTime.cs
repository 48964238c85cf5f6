using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>Turns TSC ticks into time. Instructions are never turned into anything.</summary>
public static class TscTime
{
    private const double NanosecondsPerMillisecond = 1_000_000;

    /// <returns>Null unless the unit is cycles and the frequency known.</returns>
    public static Nanoseconds? Of(Unit unit, ClockFact? clock, double mean, double median, double q1, double q3)
    {
        if (unit != Unit.Cycles || clock is not { Khz: > 0 })
        {
            return null;
        }

        // Ticks per millisecond are the kHz.
        return new Nanoseconds(At(mean), At(median), At(q1), At(q3));

        double At(double ticks) => ticks * NanosecondsPerMillisecond / clock.Khz;
    }
}
