using System.Globalization;

namespace SyscallBench.Processes;

/// <summary>The fields of <c>/proc/PID/stat</c> (proc(5)) that tell who belongs to whom, and when it was started: clock ticks after the boot.</summary>
internal readonly record struct ProcessStat(int Pid, char State, int Parent, int Session, long Started)
{
    /// <summary>Null where the process is gone.</summary>
    public static ProcessStat? TryRead(int pid)
    {
        try
        {
            return Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The program's name stands in parentheses and may hold spaces and parentheses itself, so fields count from the last one.</summary>
    public static ProcessStat Parse(string text)
    {
        var pid = int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessStat(pid, fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
