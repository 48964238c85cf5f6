using System.Text;

namespace SyscallBench.Processes;

/// <summary>Cuts a byte stream into lines, hands them on, and remembers the last few. CR before LF is dropped, invalid UTF-8 replaced.</summary>
internal sealed class LineTail(Action<string>? onLine, int capacity = 200)
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder partial = new();
    private readonly Queue<string> last = new();
    private readonly Lock gate = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. last];
            }
        }
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[decoder.GetCharCount(bytes, flush: false)];
        decoder.GetChars(bytes, characters, flush: false);
        foreach (var character in characters)
        {
            if (character == '\n')
            {
                EndLine();
            }
            else
            {
                partial.Append(character);
            }
        }
    }

    /// <summary>Hands on what has no line end.</summary>
    public void Finish()
    {
        if (partial.Length > 0)
        {
            EndLine();
        }
    }

    private void EndLine()
    {
        if (partial.Length > 0 && partial[^1] == '\r')
        {
            partial.Length--;
        }

        var line = partial.ToString();
        partial.Clear();
        lock (gate)
        {
            last.Enqueue(line);
            if (last.Count > capacity)
            {
                last.Dequeue();
            }
        }

        onLine?.Invoke(line);
    }
}
