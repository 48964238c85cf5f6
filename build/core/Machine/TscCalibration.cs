namespace SyscallBench.Machine;

/// <summary>Measures the TSC's frequency against the kernel's monotonic clock, for machines whose CPUID does not know it.</summary>
public static class TscCalibration
{
    /// <param name="duration">How long to wait between the two readings: see <see cref="TscSpan.Khz"/>.</param>
    /// <returns>Kilohertz; null where the TSC cannot be read.</returns>
    public static long? MeasureKhz(TimeSpan duration)
    {
        using var span = TscSpan.Start();
        if (span is null)
            return null;
        Thread.Sleep(duration);
        return span.Khz();
    }
}
