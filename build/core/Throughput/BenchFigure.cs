using System.Globalization;

namespace SyscallBench.Throughput;

/// <summary>One figure of the tool's own speed, and the budget it is held against.</summary>
/// <param name="What">The step.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Unit">What the value counts.</param>
/// <param name="AtLeast">Budget that the value has to reach; null where it is a time with an upper bound.</param>
/// <param name="AtMost">Budget that the value must not exceed; null where it has a lower bound.</param>
public sealed record BenchFigure(string What, double Value, string Unit, double? AtLeast = null, double? AtMost = null)
{
    public bool IsWithinBudget => !(Value < AtLeast) && !(Value > AtMost);

    public string Budget => AtLeast is { } least
        ? string.Create(CultureInfo.InvariantCulture, $"at least {least:0.##}")
        : string.Create(CultureInfo.InvariantCulture, $"at most {AtMost:0.##}");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{What,-28} {Value,8:0.00} {Unit,-26} budget {Budget}{(IsWithinBudget ? "" : "  OVER BUDGET")}");
}
