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
        for (var attempt = 1; Read(FailedPath(setting, boot, attempt, "json")) is { } record; attempt++)
            failed.Add(new FailedBoot(boot, attempt, Relative(FailedPath(setting, boot, attempt, "log")), record.Failure ?? ""));
        return failed;
    }

    /// <summary>Keeps a boot that counts.</summary>
    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public void Commit(BootRecord record)
    {
        var path = LogPath(record.Setting, record.Boot);
        DiskError.Guard(path, () =>
        {
            // Without its record a damaged one is no boot any more, whatever happens from here on.
            File.Delete(RecordPath(record.Setting, record.Boot));
            File.Move(PartPath(record.Setting, record.Boot), path, overwrite: true);
        });
        Write(RecordPath(record.Setting, record.Boot), record);
    }

    /// <summary>Keeps the console and the record of an attempt that failed.</summary>
    /// <inheritdoc cref="Commit"/>
    public void KeepFailed(BootRecord record)
    {
        var attempt = Failed(record.Setting, record.Boot).Count + 1;
        var path = FailedPath(record.Setting, record.Boot, attempt, "log");
        DiskError.Guard(path, () => File.Move(PartPath(record.Setting, record.Boot), path, overwrite: true));
        Write(FailedPath(record.Setting, record.Boot, attempt, "json"), record);
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

    private static void Write(string path, BootRecord record) => AtomicFile.Write(path, JsonFormat.Serialize(record));

    private string Relative(string path) => Path.GetRelativePath(folder, path);

    private string FailedPath(Setting setting, int boot, int attempt, string extension) =>
        PathOf(setting, boot, string.Create(CultureInfo.InvariantCulture, $"failed-{attempt}.{extension}"));

    private string PathOf(Setting setting, int boot, string extension) =>
        Path.Combine(folder, setting.Platform, setting.Name, string.Create(CultureInfo.InvariantCulture, $"boot-{boot:000}.{extension}"));
}
