using System.Text;

namespace SyscallBench.Processes;

/// <summary>Cuts a byte stream into lines, hands them on, and remembers the last few. CR before LF is dropped, invalid UTF-8 replaced.</summary>
internal sealed class LineTail(Action<string>? onLine, int capacity = 200)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _partial = new();
    private readonly Queue<string> _last = new();
    private readonly Lock _gate = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _last];
            }
        }
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[_decoder.GetCharCount(bytes, flush: false)];
        _decoder.GetChars(bytes, characters, flush: false);
        foreach (var character in characters)
        {
            if (character == '\n')
            {
                EndLine();
            }
            else
            {
                _partial.Append(character);
            }
        }
    }

    /// <summary>Hands on what has no line end.</summary>
    public void Finish()
    {
        if (_partial.Length > 0)
        {
            EndLine();
        }
    }

    private void EndLine()
    {
        if (_partial.Length > 0 && _partial[^1] == '\r')
        {
            _partial.Length--;
        }

        var line = _partial.ToString();
        _partial.Clear();
        lock (_gate)
        {
            _last.Enqueue(line);
            if (_last.Count > capacity)
            {
                _last.Dequeue();
            }
        }

        onLine?.Invoke(line);
    }
}
