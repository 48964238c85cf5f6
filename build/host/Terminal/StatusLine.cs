namespace SyscallBench.Build.Terminal;

/// <summary>The last line of a terminal, written over while something long runs. It hides no cursor and sets no mode, so that nothing has to be put back.</summary>
/// <param name="terminal">Null where nothing may be written over.</param>
/// <param name="width">The terminal's columns; 0 where it does not tell.</param>
public sealed class StatusLine(TextWriter? terminal, Func<int> width)
{
    private const string Erase = "\r\u001b[K";
    private const int UsualWidth = 80;

    private readonly Lock _lock = new();
    private bool _isShown;
    private bool _isClosed;

    public bool IsAnimated => terminal is not null;

    /// <summary>Replaces the line; what does not fit is cut off, because a wrapped line could not be erased.</summary>
    public void Show(string text)
    {
        lock (_lock)
        {
            if (terminal is null || _isClosed)
                return;
            var most = (width() is > 0 and var columns ? columns : UsualWidth) - 1;
            terminal.Write(Erase + (text.Length > most ? text[..most] : text));
            terminal.Flush();
            _isShown = true;
        }
    }

    /// <summary>Leaves an empty line for whatever is printed next.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (!_isShown)
                return;
            terminal!.Write(Erase);
            terminal.Flush();
            _isShown = false;
        }
    }

    /// <summary>Clears the line for good: the user has interrupted.</summary>
    public void Close()
    {
        lock (_lock)
        {
            Clear();
            _isClosed = true;
        }
    }
}
