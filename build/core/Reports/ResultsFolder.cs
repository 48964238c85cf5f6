using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Reports;

/// <summary>
/// The folder that results are written into. Everything is written beside it first and moved in at the end, so that a failure in
/// the middle leaves the old results as they were. Files move one by one, so a crash in just that moment leaves some old and some new;
/// then there is no <see cref="Checksums"/>, and Process, which records only what it finished, does it again.
/// </summary>
/// <param name="path">The folder, usually <c>results/</c>; made if it is not there.</param>
public sealed class ResultsFolder(string path)
{
    private const string Prefix = ".new-";

    private readonly string _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Finds out before the work whether its results can be kept.</summary>
    /// <exception cref="UserError">The folder cannot be made or written.</exception>
    public void Probe()
    {
        var probe = Staging();
        try
        {
            Directory.CreateDirectory(_path);
            // What a run that was killed could not remove; only one run works here at a time.
            foreach (var stale in Directory.EnumerateDirectories(_path, $"{Prefix}*").ToList())
                Remove(stale);
            Directory.CreateDirectory(probe);
            File.WriteAllText(Path.Combine(probe, "probe"), string.Empty);
            Directory.Delete(probe, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, _path);
        }
    }

    /// <summary>Writes every file, then puts all of them in place, and their checksums last.</summary>
    /// <returns>The paths written, in this order.</returns>
    /// <exception cref="UserError">Something could not be written, and the old files are untouched; or not put in place, and there are no checksums.</exception>
    public IReadOnlyList<string> Write(Report report, IReadOnlyList<IExporter> exporters, CancellationToken cancellation = default)
    {
        var staging = Staging();
        try
        {
            Directory.CreateDirectory(staging);
            foreach (var exporter in exporters)
            {
                cancellation.ThrowIfCancellationRequested();
                using var output = File.Create(Path.Combine(staging, exporter.FileName));
                exporter.Export(report, output);
            }

            string[] names = [.. exporters.Select(exporter => exporter.FileName)];
            Checksums.Write(staging, names);
            File.Delete(Path.Combine(_path, Checksums.FileName));
            return [.. names.Append(Checksums.FileName).Select(name => Place(staging, name))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DiskError.Explain(error, _path);
        }
        finally
        {
            Remove(staging);
        }
    }

    // Inside the folder, because only there a rename is sure to stay on one file system.
    private string Staging() => Path.Combine(_path, $"{Prefix}{Guid.NewGuid():n}");

    private string Place(string staging, string fileName)
    {
        var target = Path.Combine(_path, fileName);
        File.Move(Path.Combine(staging, fileName), target, overwrite: true);
        return target;
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What went wrong before, if anything did, is the failure worth telling.
        }
    }
}
