using System.Security.Cryptography;
using System.Text.Json;

namespace SyscallBench.Steps;

/// <summary>
/// SHA-256 of files, lower-case hex. Content decides; size and time of change only spare reading a file again that was hashed before,
/// which makes the check of a 50 MB kernel take microseconds.
/// </summary>
/// <param name="cacheFile">Where hashes are remembered between runs; losing it costs time, never correctness.</param>
public sealed class FileHasher(string cacheFile)
{
    // A file written twice within one tick of the file system's clock keeps its time. One younger than this when it was hashed is not remembered.
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Dictionary<string, Entry>? _entries;
    private bool _changed;

    /// <summary>Of a file that is read whole, whatever is remembered.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public string Hash(string path)
    {
        var file = new FileInfo(path);
        lock (_lock)
        {
            _entries ??= Load();
            if (_entries.TryGetValue(path, out var known) && known.Size == file.Length && known.Changed == file.LastWriteTimeUtc)
                return known.Sha256;
        }

        var asked = DateTime.UtcNow;
        var sha256 = Of(path);
        if (asked - file.LastWriteTimeUtc > _settled)
        {
            lock (_lock)
            {
                _entries![path] = new Entry(file.Length, file.LastWriteTimeUtc, sha256);
                _changed = true;
            }
        }

        return sha256;
    }

    /// <summary>Remembers what was hashed. Files that are gone are forgotten.</summary>
    public void Save()
    {
        lock (_lock)
        {
            if (!_changed || _entries is null)
                return;
            foreach (var gone in _entries.Keys.Where(path => !File.Exists(path)).ToList())
                _entries.Remove(gone);
            AtomicFile.Write(cacheFile, JsonSerializer.Serialize(_entries));
            _changed = false;
        }
    }

    private Dictionary<string, Entry> Load()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllText(cacheFile)) ?? [];
        }
        catch (Exception damaged) when (damaged is IOException or JsonException)
        {
            return [];
        }
    }

    private sealed record Entry(long Size, DateTime Changed, string Sha256);
}
