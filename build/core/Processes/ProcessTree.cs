using System.Globalization;

namespace SyscallBench.Processes;

/// <summary>
/// Finds and signals everything that a program started. Each program runs in a session of its own, so that children whose parent has
/// died are still found by their session, and children that made a session of their own are found by their parents.
/// </summary>
public static class ProcessTree
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>Living processes (no zombies) that descend from the process, or belong to its session; itself included.</summary>
    public static IReadOnlyList<int> Members(int root)
    {
        var all = ReadAll();
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

    /// <summary>Asks every member to end.</summary>
    public static void Terminate(int root)
    {
        foreach (var pid in Members(root))
        {
            _ = NativeMethods.Kill(pid, SigTerm);
        }
    }

    /// <summary>Kills until no member lives: a member may have started another between looking and killing.</summary>
    public static void Kill(int root)
    {
        // A process in uninterruptible sleep dies only when the kernel lets it, so the number of tries is bounded.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var members = Members(root);
            if (members.Count == 0)
            {
                return;
            }

            foreach (var pid in members)
            {
                _ = NativeMethods.Kill(pid, SigKill);
            }

            Thread.Sleep(5);
        }
    }

    private static List<ProcessStat> ReadAll()
    {
        var all = new List<ProcessStat>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcessStat.TryRead(pid) is { } stat)
            {
                all.Add(stat);
            }
        }

        return all;
    }
}
