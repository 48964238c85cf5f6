namespace SyscallBench.Consoles;

/// <summary>Follows the sequence numbers of a boot, so that a lost record is noticed wherever it is lost.</summary>
internal sealed class SequenceTracker
{
    private long _next;

    /// <summary>Records that never came, or came too late.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes the next number.</summary>
    /// <returns>Why the record cannot be taken; null when it can. A gap before it is counted, and no reason against it.</returns>
    public string? Take(long sequence)
    {
        if (sequence < _next)
        {
            return $"sequence number {sequence} after {_next - 1}: the record is a duplicate or out of order";
        }

        Lost += sequence - _next;
        _next = sequence + 1;
        return null;
    }

    /// <summary>Records that the boot says it wrote beyond those that came.</summary>
    public void TakeTotal(long records) => Lost += Math.Max(0, records - _next);
}
