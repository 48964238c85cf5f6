namespace SyscallBench.Fidelity;

/// <summary>What a loop or a run takes when nothing else happens meanwhile.</summary>
internal static class Undisturbed
{
    private const int OneIn = 10;

    /// <summary>
    /// The fastest tenth's slowest: on a busy machine most repeats are disturbed, and the very fastest may owe it to branches that happened to be predicted.
    /// Larger than anything where there are no values.
    /// </summary>
    public static double Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? double.MaxValue : sorted[sorted.Count / OneIn];
    }
}
