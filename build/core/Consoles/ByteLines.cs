namespace SyscallBench.Consoles;

/// <summary>
/// The lines of a file, one at a time, as bytes: what a guest writes need not be text in any encoding. Memory stays the same whatever the length
/// of the file; a line longer than <see cref="LongestLine"/> is cut there.
/// </summary>
internal sealed class ByteLines(Stream stream)
{
    /// <summary>Bytes of a line that are looked at. The longest record, a kernel command line with every byte escaped, stays well below.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly byte[] _buffer = new byte[4 * LongestLine];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line, without its line feed. The span is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        if (!TryTake(out line))
        {
            return false;
        }

        Number++;
        return true;
    }

    private bool TryTake(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var pending = _buffer.AsSpan(_start, _end - _start);
            var feed = pending[searched..].IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = pending[..(searched + feed)];
                _start += line.Length + 1;
                line = line[..Math.Min(line.Length, LongestLine)];
                return true;
            }

            searched = pending.Length;
            if (searched > LongestLine)
            {
                return TakeCut(out line);
            }

            if (!Fill())
            {
                line = _buffer.AsSpan(_start, _end - _start);
                _start = _end;
                return line.Length > 0;
            }
        }
    }

    // The start of an overlong line is kept at the front of the buffer while the rest of it is read over.
    private bool TakeCut(out ReadOnlySpan<byte> line)
    {
        _buffer.AsSpan(_start, LongestLine).CopyTo(_buffer);
        _start = _end;
        while (Fill(keep: LongestLine))
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            _start = feed < 0 ? _end : _start + feed + 1;
            if (feed >= 0)
            {
                break;
            }
        }

        line = _buffer.AsSpan(0, LongestLine);
        return true;
    }

    private bool Fill(int keep = 0)
    {
        if (_ended)
        {
            return false;
        }

        if (_start > keep)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer.AsSpan(keep));
            _end -= _start - keep;
            _start = keep;
        }

        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _ended = count == 0;
        _end += count;
        return !_ended;
    }
}
