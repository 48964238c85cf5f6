namespace SyscallBench.Model;

/// <summary>Closed interval, written as <c>[low, high]</c>.</summary>
public readonly record struct Interval(double Low, double High);

/// <summary>A median, and what a bootstrap knows of it.</summary>
/// <param name="Median">Of all readings.</param>
/// <param name="Ci95">95 % interval of the median; null where there is a single reading.</param>
/// <param name="Resampled">Medians of the resamples, in the order they were drawn; null where there is a single reading.</param>
public sealed record Estimate(double Median, Interval? Ci95, double[]? Resampled);
