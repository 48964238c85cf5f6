namespace SyscallBench.Reports;

/// <summary>
/// The folder that results are written into. Everything is written beside it first and moved in at the end, so that a failure in
/// the middle leaves the old results as they were. Files move one by one, so a crash in just that moment leaves some old and some new;
/// then there is no <c>SHA256SUMS</c>, and Process, which records only what it finished, does it again.
/// </summary>
public sealed class ResultsFolder(string path)
{
    /// <summary>Checked by <c>sha256sum -c</c>. If it is missing, the files come from different runs.</summary>
    public const string ChecksumFile = "SHA256SUMS";

    private const string Prefix = ".new-";

    private readonly string _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Finds out before the work whether its results can be kept.</summary>
    public void Probe()
    {
        var probe = Staging();
        DiskError.Guard(_path, () =>
        {
            Directory.CreateDirectory(_path);
            // What a run that was killed could not remove; only one run works here at a time.
            foreach (var stale in Directory.EnumerateDirectories(_path, $"{Prefix}*").ToList())
                Remove(stale);
            Directory.CreateDirectory(probe);
            File.WriteAllText(Path.Combine(probe, "probe"), string.Empty);
            Directory.Delete(probe, recursive: true);
        });
    }

    /// <summary>Writes every file, then puts all of them in place, and their checksums last.</summary>
    /// <exception cref="UserError">Something could not be written, and the old files are untouched; or not put in place, and there are no checksums.</exception>
    public IReadOnlyList<string> Write(Report report, IReadOnlyList<Exporter> exporters, CancellationToken cancellation = default)
    {
        var staging = Staging();
        try
        {
            Directory.CreateDirectory(staging);
            var suited = exporters.Where(exporter => exporter.Suits(report)).ToList();
            foreach (var exporter in suited)
            {
                cancellation.ThrowIfCancellationRequested();
                using var output = File.Create(Path.Combine(staging, exporter.FileName));
                exporter.Export(report, output);
            }

            string[] names = [.. suited.Select(exporter => exporter.FileName)];
            WriteChecksums(staging, names);
            File.Delete(Path.Combine(_path, ChecksumFile));
            // What this report has nothing to show in would be another run's.
            foreach (var stale in exporters.Except(suited))
                File.Delete(Path.Combine(_path, stale.FileName));
            return [.. names.Append(ChecksumFile).Select(name => Place(staging, name))];
        }
        catch (Exception error) when (DiskError.Is(error))
        {
            throw DiskError.Explain(error, _path);
        }
        finally
        {
            Remove(staging);
        }
    }

    private static void WriteChecksums(string folder, IEnumerable<string> names) =>
        File.WriteAllText(Path.Combine(folder, ChecksumFile), string.Concat(names.Order(StringComparer.Ordinal).Select(name => $"{Sha256.OfFile(Path.Combine(folder, name))}  {name}\n")));

    // Inside the folder, because only there a rename is sure to stay on one file system.
    private string Staging() => Path.Combine(_path, $"{Prefix}{Guid.NewGuid():n}");

    private string Place(string staging, string fileName)
    {
        var target = Path.Combine(_path, fileName);
        File.Move(Path.Combine(staging, fileName), target, overwrite: true);
        return target;
    }

    private static void Remove(string folder) => DiskError.Ignore(() => Directory.Delete(folder, recursive: true));
}
