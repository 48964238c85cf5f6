using System.Globalization;

namespace SyscallBench.Machine;

/// <summary>Reads /proc/loadavg.</summary>
public static class LoadAverage
{
    /// <summary>Mean number of tasks that ran or waited to run in the last minute; null where the text is something else.</summary>
    public static double? Parse(string text) =>
        double.TryParse(text.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load) ? load : null;
}
