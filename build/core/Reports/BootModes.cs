namespace SyscallBench.Reports;

/// <summary>The most frequent value of each boot. Samples come boot by boot, and only the values of the present one are kept.</summary>
internal sealed class BootModes
{
    private readonly List<double> _modes = [];
    private readonly Dictionary<double, int> _counts = [];
    private int _boot = -1;

    /// <summary>One value per boot seen so far, in their order.</summary>
    public IReadOnlyList<double> Modes => _counts.Count == 0 ? _modes : [.. _modes, Mode];

    private double Mode => _counts.MaxBy(entry => entry.Value).Key;

    public void Add(int boot, double value)
    {
        if (boot != _boot && _counts.Count > 0)
        {
            _modes.Add(Mode);
            _counts.Clear();
        }

        _boot = boot;
        _counts[value] = _counts.GetValueOrDefault(value) + 1;
    }
}
