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
    private readonly string _holderFile;

    private CheckoutLock(FileStream? file, string holderFile)
    {
        _file = file;
        _holderFile = holderFile;
    }

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
            if (Try(file, what, out var taken) is not { } obstacle)
                return taken!;
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
        File.Delete(_holderFile);
        _file.Dispose();
    }

    private static string HolderOf(string file) => file + ".json";

    /// <summary>Null when it was taken, else who has it.</summary>
    private static string? Try(string file, string what, out CheckoutLock? taken)
    {
        taken = null;
        FileStream? opened;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            opened = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (DiskError.IsReadOnly(refused))
        {
            taken = new CheckoutLock(null, "");
            return null;
        }
        catch (Exception busy) when (DiskError.IsLocked(busy))
        {
            return JsonFormat.Recall<Holder>(HolderOf(file))?.Describe() ?? $"another run works in this checkout (it holds {file})";
        }
        catch (IOException error)
        {
            throw DiskError.Explain(error, file);
        }

        if (JsonFormat.Recall<Holder>(HolderOf(file)) is { } holder && !holder.IsGone())
        {
            opened.Dispose();
            return holder.IsHere ? holder.Describe() : $"{holder.Describe()} (if nothing runs there any more, remove {HolderOf(file)})";
        }

        AtomicFile.Write(HolderOf(file), JsonFormat.Serialize(Holder.Now(what)));
        taken = new CheckoutLock(opened, HolderOf(file));
        return null;
    }

    /// <param name="Boot">That machine's boot id: after a reboot every process is gone.</param>
    /// <param name="Started">When the process was started, in clock ticks since the boot: its id may have been given to another since.</param>
    private sealed record Holder(string What, int Pid, string Host, string Boot, long Started, DateTimeOffset Since)
    {
        public bool IsHere => Host == Environment.MachineName;

        public static Holder Now(string what) => new(
            what,
            Environment.ProcessId,
            Environment.MachineName,
            BootId(),
            ProcessStat.TryRead(Environment.ProcessId)?.Started ?? 0,
            DateTimeOffset.Now);

        /// <summary>Of another machine's process nothing is known.</summary>
        public bool IsGone() => IsHere && (Boot != BootId() || ProcessStat.TryRead(Pid)?.Started != Started);

        public string Describe() => FormattableString.Invariant(
            $"{What} works in this checkout since {Since.ToLocalTime():yyyy-MM-dd HH:mm:ss}: process {Pid}{(IsHere ? "" : $" on {Host}")}");

        private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
    }
}
