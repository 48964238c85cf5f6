using System.Text;

namespace SyscallBench.Processes;

/// <summary>Where a program's two output streams go: a file, lines, and the lines that are remembered. Waits in the kernel and never polls.</summary>
internal sealed class ChildOutput : IDisposable
{
    private readonly FileStream? _file;

    /// <summary>Opens the file, before the program is started, so that a folder without write permission starts nothing.</summary>
    public ChildOutput(ProcessRequest request)
    {
        var gate = new Lock();
        Output = new BoundedLines(Tell);
        Error = new BoundedLines(Tell);
        if (request.OutputFile is { } path)
            _file = DiskError.Guard(path, () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));

        void Tell(string line)
        {
            if (request.OnLine is not { } hear)
                return;
            lock (gate)
                hear(line);
        }
    }

    public BoundedLines Output { get; }

    public BoundedLines Error { get; }

    public Task PumpAsync(Stream output, Stream error) => Task.WhenAll(PumpAsync(output, _file, Output), PumpAsync(error, null, Error));

    public void Dispose() => _file?.Dispose();

    private static async Task PumpAsync(Stream source, FileStream? file, BoundedLines lines)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lines.Feed(buffer.AsSpan(0, read));
                file?.Write(buffer.AsSpan(0, read));
            }

            lines.Finish();
        }
        finally
        {
            // On a full disk the rest is still taken off the program's hands, or it would wait for ever.
            await source.CopyToAsync(Stream.Null).ConfigureAwait(false);
        }
    }
}

/// <summary>
/// Cuts a byte stream into lines, hands them on, and remembers the first and the last of them. However much comes, memory stays bounded: a line that is
/// too long is cut. CR before LF is dropped, invalid UTF-8 replaced.
/// </summary>
internal sealed class BoundedLines(Action<string> onLine)
{
    public const int Kept = 100;

    public const int LongestLine = 16 * 1024;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _partial = new();
    private readonly List<string> _kept = [];
    private readonly Lock _gate = new();
    private long _cut;
    private long _leftOut;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return _leftOut == 0 ? [.. _kept] : [.. _kept[..Kept], FormattableString.Invariant($"({_leftOut} more lines)"), .. _kept[Kept..]];
        }
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[_decoder.GetCharCount(bytes, flush: false)];
        _decoder.GetChars(bytes, characters, flush: false);
        foreach (var character in characters)
        {
            if (character == '\n')
                EndLine();
            else if (_partial.Length < LongestLine)
                _partial.Append(character);
            else
                _cut++;
        }
    }

    public void Finish()
    {
        if (_partial.Length > 0)
            EndLine();
    }

    private void EndLine()
    {
        if (_cut > 0)
            _partial.Append(CultureInfo.InvariantCulture, $" ({_cut} more characters)");
        else if (_partial.Length > 0 && _partial[^1] == '\r')
            _partial.Length--;
        var line = _partial.ToString();
        _partial.Clear();
        _cut = 0;
        lock (_gate)
            Remember(line);
        onLine(line);
    }

    private void Remember(string line)
    {
        _kept.Add(line);
        if (_kept.Count <= 2 * Kept)
            return;
        _kept.RemoveAt(Kept);
        _leftOut++;
    }
}
