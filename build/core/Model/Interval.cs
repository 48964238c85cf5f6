namespace SyscallBench.Model;

/// <summary>Closed interval, written as <c>[low, high]</c>.</summary>
public readonly record struct Interval(double Low, double High);
