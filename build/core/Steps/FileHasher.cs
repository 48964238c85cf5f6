using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SyscallBench.Steps;

/// <summary>
/// SHA-256 of files, lower-case hex. Content decides; what the file system says of it only spares reading a file again that was hashed before,
/// which makes the check of a 50 MB kernel take microseconds. The time of the last change cannot be set back, as that of the last write can.
/// </summary>
/// <param name="cacheFile">Where hashes are remembered between runs; losing it costs time, never correctness.</param>
public sealed class FileHasher(string cacheFile)
{
    // A file written twice within one tick of the file system's clock keeps its time. One younger than this when it was hashed is not remembered.
    internal TimeSpan Settled { get; init; } = TimeSpan.FromSeconds(2);

    private readonly Lazy<ConcurrentDictionary<string, Entry?>> _entries =
        new(() => new(JsonFormat.Recall<Dictionary<string, Entry?>>(cacheFile) ?? []));
    private bool _changed;

    /// <summary>Of a file that is read whole, whatever is remembered.</summary>
    /// <exception cref="UserError">It is no regular file: a pipe would be waited for, a device has no end.</exception>
    public static string Of(string path)
    {
        _ = FileStatus.Of(path);
        return Sha256.OfFile(path);
    }

    public string Hash(string path)
    {
        var file = FileStatus.Of(path);
        if (_entries.Value.TryGetValue(path, out var known) && known?.Status == file)
            return known.Sha256;

        var asked = DateTime.UtcNow;
        var sha256 = Of(path);
        if (asked - file.Changed > Settled)
        {
            _entries.Value[path] = new Entry(file, sha256);
            _changed = true;
        }

        return sha256;
    }

    /// <summary>Remembers what was hashed. Files that are gone are forgotten.</summary>
    public void Save()
    {
        if (!_changed)
            return;
        _changed = false;
        var there = _entries.Value.Where(entry => File.Exists(entry.Key)).ToDictionary();
        try
        {
            AtomicFile.Write(cacheFile, JsonFormat.Serialize(there));
        }
        catch (UserError)
        {
            // A checkout that may only be read has nothing to remember it in.
        }
    }

    private sealed record Entry(FileStatus Status, string Sha256);
}

/// <summary>What tells one state of a regular file from another without reading it (statx(2)).</summary>
/// <param name="Inode">Another after a rename over it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Changed">When content or attributes changed last.</param>
public sealed partial record FileStatus(ulong Inode, ulong Size, DateTime Changed)
{
    private const int TypeMask = 0xf000;
    private const int RegularFile = 0x8000;
    private const int CurrentFolder = -100;
    private const uint BasicFields = 0x7ff;

    /// <summary>Permissions and group of anything that has a name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static (int Permissions, uint Group) AccessOf(string path)
    {
        var fields = Read(path);
        return (fields.Mode & ~TypeMask, fields.Group);
    }

    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="UserError">It is a pipe, a device or a folder.</exception>
    public static FileStatus Of(string path)
    {
        var fields = Read(path);
        if ((fields.Mode & TypeMask) != RegularFile)
            throw new UserError($"{path} is no regular file");
        var changed = DateTime.UnixEpoch.AddSeconds(fields.Seconds).AddTicks(fields.Nanoseconds / TimeSpan.NanosecondsPerTick);
        return new FileStatus(fields.Inode, fields.Size, changed);
    }

    private static Fields Read(string path) => Statx(CurrentFolder, path, 0, BasicFields, out var fields) == 0
        ? fields
        : throw new FileNotFoundException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}", path);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out Fields fields);

    // struct statx, the same on every architecture; the times are those of the last change.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Fields
    {
        [FieldOffset(24)] public uint Group;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(96)] public long Seconds;
        [FieldOffset(104)] public uint Nanoseconds;
    }
}
