using System.Text;
using SyscallBench.Model;

namespace SyscallBench.Consoles;

/// <summary>Takes the lines of one boot in their order and finds the records in them.</summary>
internal sealed class BootReader(string source, int boot, Action<Sample> take)
{
    private readonly BootState _state = new(source, boot, take);
    private readonly SequenceTracker _sequence = new();
    private readonly ArtifactReader _artifact = new(boot, take);

    public void Read(long number, ReadOnlySpan<byte> line)
    {
        var rest = line;
        for (var start = rest.IndexOf(RecordFrame.Marker); start >= 0; start = rest.IndexOf(RecordFrame.Marker))
        {
            rest = rest[start..];
            rest = rest[ReadRecord(number, rest)..];
        }

        if (rest.IsEmpty)
        {
            return;
        }

        _state.Panic ??= Panic.Find(rest);
        if (_state.Begin is null && _artifact.Read(rest) is { } reason)
        {
            _state.Reject(number, reason);
        }
    }

    public BootLog Finish() => _state.Finish(_sequence, _artifact);

    /// <returns>Bytes to step over: the record, or the marker alone where there is none, since a cut record may have a whole one behind it.</returns>
    private int ReadRecord(long number, ReadOnlySpan<byte> text)
    {
        var reason = RecordFrame.TryOpen(text, out var frame);
        if (reason is not null)
        {
            _state.Reject(number, reason);
            return RecordFrame.Marker.Length;
        }

        reason = _state.IsRestart(frame.Sequence, frame.Kind) ? _state.Restart(number) : _sequence.Take(frame.Sequence) ?? Take(frame);
        if (reason is not null)
        {
            _state.Reject(number, reason);
        }

        return frame.Length;
    }

    private string? Take(RecordFrame frame) => frame.Kind switch
    {
        var kind when kind.SequenceEqual("round"u8) => _state.TakeRound(frame.Fields),
        var kind when kind.SequenceEqual("begin"u8) => _state.Take(Fields(frame), RecordKinds.Begin),
        var kind when kind.SequenceEqual("cpu"u8) => _state.Take(Fields(frame), RecordKinds.Cpu),
        var kind when kind.SequenceEqual("clock"u8) => _state.Take(Fields(frame), RecordKinds.Clock),
        var kind when kind.SequenceEqual("state"u8) => _state.Take(Fields(frame), RecordKinds.State),
        var kind when kind.SequenceEqual("error"u8) => _state.Take(Fields(frame), RecordKinds.Error),
        var kind when kind.SequenceEqual("end"u8) => _state.Take(Fields(frame), RecordKinds.End),
        _ => $"unknown kind {Encoding.ASCII.GetString(frame.Kind)}",
    };

    private static FieldMap Fields(RecordFrame frame) => new(frame.Fields);
}
