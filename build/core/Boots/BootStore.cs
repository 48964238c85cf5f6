using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>
/// The boots on disk, <c>&lt;platform&gt;/&lt;setting&gt;/boot-NNN.{log,json}</c>. A console is written under another name and renamed when its boot is
/// over and counts; the record follows. Each failed attempt is kept as <c>boot-NNN.failed-A.{log,json}</c>. Nothing is overwritten but a boot whose
/// record or console was damaged.
/// </summary>
/// <param name="folder">Usually <c>eval/raw</c>.</param>
public sealed class BootStore(string folder)
{
    /// <summary>The console of a boot that counts.</summary>
    public string LogPath(Setting setting, int boot) => PathOf(setting, boot, "log");

    /// <summary>The record of a boot that counts.</summary>
    public string RecordPath(Setting setting, int boot) => PathOf(setting, boot, "json");

    /// <summary>Where a boot's console is written while it runs.</summary>
    public string PartPath(Setting setting, int boot) => PathOf(setting, boot, "log.part");

    /// <summary>Makes room for a console, so that a folder without write permission is told before a guest is started.</summary>
    /// <exception cref="UserError">The folder cannot be written.</exception>
    public void Prepare(Setting setting, int boot)
    {
        var path = PartPath(setting, boot);
        DiskError.Guard(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            File.WriteAllBytes(path, []);
        });
    }

    /// <summary>The record of a boot that counts and is as it was left; null where there is none.</summary>
    public BootRecord? Find(Setting setting, int boot)
    {
        var record = Read(RecordPath(setting, boot));
        return record is { Failure: null } && record.Setting.Name == setting.Name && TryHash(LogPath(setting, boot)) == record.LogHash ? record : null;
    }

    /// <summary>The records of all boots of a platform that count, whatever their setting.</summary>
    public IEnumerable<BootRecord> RecordsOf(string platform)
    {
        var place = Path.Combine(folder, platform);
        return Directory.Exists(place)
            ? Directory.EnumerateFiles(place, "boot-*.json", SearchOption.AllDirectories).Select(Read).OfType<BootRecord>().Where(record => record.Failure is null)
            : [];
    }

    /// <summary>How the run's record names a boot that counts.</summary>
    public CountedBoot Counted(BootRecord record) =>
        new(record.Boot, Relative(LogPath(record.Setting, record.Boot)), record.LogHash, record.Started, record.Facts.TscKhz, record.Facts.CoreKhz);

    /// <summary>The failed attempts of a boot, in their order.</summary>
    public IReadOnlyList<FailedBoot> Failed(Setting setting, int boot)
    {
        var failed = new List<FailedBoot>();
        for (var attempt = 1; Read(PathOf(setting, boot, $"failed-{attempt}.json")) is { } record; attempt++)
            failed.Add(new FailedBoot(boot, attempt, Relative(PathOf(setting, boot, $"failed-{attempt}.log")), record.Failure ?? ""));
        return failed;
    }

    /// <summary>Keeps the console and the record of a boot that counts, or of an attempt that failed.</summary>
    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public void Keep(BootRecord record)
    {
        var (setting, boot) = (record.Setting, record.Boot);
        var kind = record.Failure is null ? "" : $"failed-{Failed(setting, boot).Count + 1}.";
        var (log, json) = (PathOf(setting, boot, kind + "log"), PathOf(setting, boot, kind + "json"));
        DiskError.Guard(log, () =>
        {
            // Without its record a damaged one is no boot any more, whatever happens from here on.
            File.Delete(json);
            File.Move(PartPath(setting, boot), log, overwrite: true);
        });
        AtomicFile.Write(json, JsonFormat.Serialize(record));
    }

    /// <summary>Forgets a boot that was interrupted.</summary>
    public void Discard(Setting setting, int boot)
    {
        var path = PartPath(setting, boot);
        DiskError.Guard(path, () => File.Delete(path));
    }

    private static string? TryHash(string path)
    {
        try
        {
            return FileHasher.Of(path);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or UserError)
        {
            return null;
        }
    }

    private static BootRecord? Read(string path) => JsonFormat.Recall<BootRecord>(path) is { Schema: BootRecord.CurrentSchema } record ? record : null;

    private string Relative(string path) => Path.GetRelativePath(folder, path);

    private string PathOf(Setting setting, int boot, string extension) =>
        Path.Combine(folder, setting.Platform, setting.Name, FormattableString.Invariant($"boot-{boot:000}.{extension}"));
}
