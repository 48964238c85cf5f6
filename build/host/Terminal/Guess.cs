namespace SyscallBench.Build.Terminal;

/// <summary>The time that steps of about the same size will still take, from those that were done since it was first asked.</summary>
internal sealed class Guess
{
    // Before that, the first few steps say nothing about the others.
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(2);

    private (long Done, TimeSpan At)? _first;

    /// <param name="done">Steps done, those from before included: the part of a file that an interrupted download left.</param>
    /// <param name="total">Steps in all.</param>
    /// <param name="elapsed">Time since the step started.</param>
    /// <returns>Null where there is too little to go by.</returns>
    public TimeSpan? Left(long done, long? total, TimeSpan elapsed)
    {
        var first = _first ??= (done, elapsed);
        var time = elapsed - first.At;
        return total is { } all && done > first.Done && time >= _least ? time * ((all - done) / (double)(done - first.Done)) : null;
    }
}
