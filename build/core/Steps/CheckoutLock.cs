using SyscallBench.Processes;

namespace SyscallBench.Steps;

/// <summary>
/// One writer for a checkout. The kernel's lock on <c>artifacts/lock</c> ends with its holder, however that ends; <c>artifacts/lock.json</c> says who
/// the holder is, and guards by itself on file systems without locks. Clean has to leave both files alone.
/// </summary>
public sealed class CheckoutLock : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    // Null where the checkout is read-only: there is nothing to protect then.
    private readonly FileStream? _file;

    private CheckoutLock(FileStream? file) => _file = file;

    /// <param name="workspace">What is locked; on a read-only one this succeeds and holds nothing.</param>
    /// <param name="what">What the holder does, for those who find it locked: <c>Run</c>.</param>
    /// <param name="wait">How long to wait for another holder; nothing, to refuse at once.</param>
    /// <exception cref="UserError">Somebody else has it: one line that names them.</exception>
    public static async Task<CheckoutLock> TakeAsync(
        Workspace workspace, string what, TimeSpan wait = default, Action<string>? say = null, CancellationToken cancellation = default)
    {
        var file = workspace.LockFile;
        for (var waited = TimeSpan.Zero; ; waited += _interval)
        {
            var (taken, obstacle) = Try(file, what);
            if (taken is not null)
                return taken;
            if (waited >= wait)
                throw new UserError($"{obstacle}; wait for it, or end it, and run again");
            if (waited == TimeSpan.Zero)
                say?.Invoke($"{obstacle}; waiting for it");
            await Task.Delay(_interval, cancellation);
        }
    }

    /// <summary>The lock's own files, which nobody may remove while another run may wait for them.</summary>
    public static IReadOnlyList<string> FilesOf(Workspace workspace) => [workspace.LockFile, HolderOf(workspace.LockFile)];

    public void Dispose()
    {
        if (_file is null)
            return;
        // The name goes first: whoever gets the lock next finds no holder.
        File.Delete(HolderOf(_file.Name));
        _file.Dispose();
    }

    private static string HolderOf(string file) => file + ".json";

    /// <summary>The lock, or who has it.</summary>
    private static (CheckoutLock? Taken, string? Obstacle) Try(string file, string what)
    {
        FileStream opened;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            opened = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (DiskError.IsReadOnly(refused))
        {
            return (new CheckoutLock(file: null), null);
        }
        catch (Exception busy) when (DiskError.IsLocked(busy))
        {
            return (null, JsonFormat.Recall<Holder>(HolderOf(file))?.Describe() ?? $"another run works in this checkout (it holds {file})");
        }
        catch (IOException error)
        {
            throw DiskError.Explain(error, file);
        }

        if (JsonFormat.Recall<Holder>(HolderOf(file)) is { } holder && !holder.IsGone())
        {
            opened.Dispose();
            return (null, holder.IsHere ? holder.Describe() : $"{holder.Describe()} (if nothing runs there any more, remove {HolderOf(file)})");
        }

        AtomicFile.Write(HolderOf(file), JsonFormat.Serialize(Holder.Now(what)));
        return (new CheckoutLock(opened), null);
    }

    /// <param name="Boot">That machine's boot id: after a reboot every process is gone.</param>
    /// <param name="Started">When the process was started, in clock ticks since the boot: its id may have been given to another since.</param>
    private sealed record Holder(string What, int Pid, string Host, string Boot, long Started, DateTimeOffset Since)
    {
        public bool IsHere => Host == Environment.MachineName;

        public static Holder Now(string what)
        {
            var started = ProcessStat.TryRead(Environment.ProcessId)?.Started ?? 0;
            return new Holder(what, Environment.ProcessId, Environment.MachineName, BootId(), started, DateTimeOffset.Now);
        }

        /// <summary>Of another machine's process nothing is known.</summary>
        public bool IsGone() => IsHere && (Boot != BootId() || ProcessStat.TryRead(Pid)?.Started != Started);

        public string Describe() => FormattableString.Invariant(
            $"{What} works in this checkout since {Since.ToLocalTime():yyyy-MM-dd HH:mm:ss}: process {Pid}{(IsHere ? "" : $" on {Host}")}");

        private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
    }
}
