namespace SyscallBench.Reports;

/// <summary>
/// Writes a report as one file of one format. To add a format: a class, and a line in <see cref="Exporters"/>. An exporter takes everything it says
/// from the report, so that every file agrees with results.json.
/// </summary>
public interface IExporter
{
    /// <summary>Name of the file inside the results folder.</summary>
    string FileName { get; }

    /// <summary>Writes the whole file; text is UTF-8 without a byte order mark, lines end in LF, numbers in invariant culture.</summary>
    void Export(Report report, Stream output);
}
