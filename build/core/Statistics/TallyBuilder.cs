namespace SyscallBench.Statistics;

/// <summary>Makes a tally of values that come in rising order; equal neighbours become one.</summary>
/// <param name="mostDistinct">Distinct values that may come.</param>
internal sealed class TallyBuilder(int mostDistinct)
{
    private readonly double[] _values = new double[mostDistinct];
    private readonly long[] _cumulative = new long[mostDistinct];
    private int _distinct;
    private long _count;

    public void Append(double value, long count)
    {
        if (_distinct == 0 || _values[_distinct - 1] != value)
        {
            _values[_distinct++] = value;
        }

        _count += count;
        _cumulative[_distinct - 1] = _count;
    }

    public Tally Build() => _distinct == mostDistinct ? new Tally(_values, _cumulative) : new Tally(_values[.._distinct], _cumulative[.._distinct]);
}
