using System.Runtime.InteropServices;

namespace SyscallBench.Processes;

/// <summary>
/// Finds and signals everything that a program started. Each program runs in a session of its own, so that children whose parent has
/// died are still found by their session, and children that made a session of their own are found by their parents.
/// </summary>
public static partial class ProcessTree
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>Living processes (no zombies) that descend from the process, or belong to its session; itself included.</summary>
    public static IReadOnlyList<int> Members(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? ProcessStat.TryRead(pid) : null)
            .OfType<ProcessStat>()
            .ToList();
        var members = new HashSet<int>(all.Where(process => process.Pid == root || process.Session == root).Select(process => process.Pid));
        int before;
        do
        {
            before = members.Count;
            members.UnionWith(all.Where(process => members.Contains(process.Parent)).Select(process => process.Pid));
        }
        while (members.Count > before);
        return [.. all.Where(process => members.Contains(process.Pid) && process.State is not ('Z' or 'X')).Select(process => process.Pid)];
    }

    public static void Terminate(int root) => Signal(Members(root), SigTerm);

    /// <summary>Kills until no member lives: a member may have started another between looking and killing.</summary>
    public static void Kill(int root)
    {
        // A process in uninterruptible sleep dies only when the kernel lets it, so the number of tries is bounded.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var members = Members(root);
            if (members.Count == 0)
                return;

            Signal(members, SigKill);
            Thread.Sleep(5);
        }
    }

    private static void Signal(IReadOnlyList<int> members, int signal)
    {
        foreach (var pid in members)
            _ = SendSignal(pid, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}

/// <summary>The fields of <c>/proc/PID/stat</c> (proc(5)) that tell who belongs to whom, and when it was started: clock ticks after the boot.</summary>
internal readonly record struct ProcessStat(int Pid, char State, int Parent, int Session, long Started)
{
    public static ProcessStat? TryRead(int pid)
    {
        if (DiskError.Try(() => File.ReadAllText(FormattableString.Invariant($"/proc/{pid}/stat"))) is not { } text)
            return null;
        // The program's name stands in parentheses and may hold spaces and parentheses itself, so fields count from the last one.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessStat(pid, fields[0][0], Number(1), Number(3), long.Parse(fields[19], CultureInfo.InvariantCulture));

        int Number(int at) => int.Parse(fields[at], CultureInfo.InvariantCulture);
    }
}
