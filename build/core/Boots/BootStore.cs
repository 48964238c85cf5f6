using System.Globalization;
using System.Text.Json;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>
/// The boots on disk, <c>eval/raw/&lt;platform&gt;/boot-NNN.{log,json}</c>. A console is written under another name and renamed when its boot is
/// over and counts;
/// the record follows. One that failed is kept as <c>boot-NNN.failed.{log,json}</c>, and what it was to replace stays.
/// </summary>
/// <param name="folder">Usually <c>eval/raw</c>.</param>
public sealed class BootStore(string folder)
{
    /// <summary>The console of a boot that counts.</summary>
    public string LogPath(string platform, int boot) => PathOf(platform, boot, "log");

    /// <summary>The record of a boot that counts.</summary>
    public string RecordPath(string platform, int boot) => PathOf(platform, boot, "json");

    /// <summary>The console of a boot that failed.</summary>
    public string FailedLogPath(string platform, int boot) => PathOf(platform, boot, "failed.log");

    /// <summary>Where a boot's console is written while it runs.</summary>
    public string PartPath(string platform, int boot) => PathOf(platform, boot, "log.part");

    /// <summary>Makes room for a console, so that a folder without write permission is told before a guest is started.</summary>
    /// <exception cref="UserError">The folder cannot be written.</exception>
    public void Prepare(string platform, int boot)
    {
        var path = PartPath(platform, boot);
        Guard(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, []);
        });
    }

    /// <summary>The record of a boot that counts and is as it was left; null where there is none.</summary>
    public BootRecord? Find(string platform, int boot)
    {
        try
        {
            var record = JsonSerializer.Deserialize<BootRecord>(File.ReadAllText(RecordPath(platform, boot)), BootJson.Options);
            return record is { Schema: BootRecord.CurrentSchema, Failure: null } && HashOf(LogPath(platform, boot)) == record.LogHash ? record : null;
        }
        catch (Exception none) when (none is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Why a boot has to be made: null where one with the same inputs is there.</summary>
    public string? WhyBoot(string platform, int boot, IReadOnlyDictionary<string, string> inputs) =>
        Find(platform, boot) is not { } record
            ? File.Exists(RecordPath(platform, boot)) ? "its console log is gone or was changed" : "not booted yet"
            : Fingerprint.FirstDifference(record.Inputs, inputs);

    /// <summary>Keeps a boot that counts, in the place of an older one.</summary>
    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public void Commit(BootRecord record)
    {
        var path = LogPath(record.Platform, record.Boot);
        Guard(path, () =>
        {
            // Without its record the older one is no boot any more, whatever happens from here on.
            File.Delete(RecordPath(record.Platform, record.Boot));
            File.Move(PartPath(record.Platform, record.Boot), path, overwrite: true);
            File.Delete(FailedLogPath(record.Platform, record.Boot));
            File.Delete(PathOf(record.Platform, record.Boot, "failed.json"));
        });
        AtomicFile.Write(RecordPath(record.Platform, record.Boot), JsonSerializer.Serialize(record, BootJson.Options));
    }

    /// <summary>Keeps the console and the record of a boot that failed.</summary>
    /// <inheritdoc cref="Commit"/>
    public void KeepFailed(BootRecord record)
    {
        var path = FailedLogPath(record.Platform, record.Boot);
        Guard(path, () => File.Move(PartPath(record.Platform, record.Boot), path, overwrite: true));
        AtomicFile.Write(PathOf(record.Platform, record.Boot, "failed.json"), JsonSerializer.Serialize(record, BootJson.Options));
    }

    /// <summary>Forgets a boot that was interrupted.</summary>
    public void Discard(string platform, int boot)
    {
        var path = PartPath(platform, boot);
        Guard(path, () => File.Delete(path));
    }

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
    }

    private string PathOf(string platform, int boot, string extension) =>
        Path.Combine(folder, platform, string.Create(CultureInfo.InvariantCulture, $"boot-{boot:000}.{extension}"));

    private static void Guard(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, path);
        }
    }
}
