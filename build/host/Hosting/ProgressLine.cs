using System.Diagnostics;
using System.Globalization;

namespace SyscallBench.Build.Hosting;

/// <summary>
/// How far a long step is. On a terminal one line that is written over; elsewhere a line of its own, but seldom, so that a log stays readable.
/// </summary>
public sealed class ProgressLine(string what, bool isTerminal, Action<string> say)
{
    private static readonly TimeSpan _seldom = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _often = TimeSpan.FromSeconds(0.2);

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private TimeSpan _last;

    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps in all; null where nobody knows.</param>
    public void Report(int done, int? total)
    {
        if (_since.Elapsed - _last < (isTerminal ? _often : _seldom))
            return;
        _last = _since.Elapsed;
        var of = total is { } all and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Min(done, all)} of {all} ({Math.Min(100, 100 * done / all)} %)")
            : string.Create(CultureInfo.InvariantCulture, $"{done}");
        var line = string.Create(CultureInfo.InvariantCulture, $"{what}: {of}, {_since.Elapsed.TotalSeconds:0} s");
        if (isTerminal)
            Console.Error.Write($"\r\u001b[K{line}");
        else
            say(line);
    }

    /// <summary>Leaves the terminal's line as it was.</summary>
    public void End()
    {
        if (isTerminal)
            Console.Error.Write("\r\u001b[K");
    }
}
