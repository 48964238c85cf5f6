using System.Text;
using SyscallBench.Consoles;
using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>Reads samples as <see cref="SampleCsv"/> says, one at a time; memory does not grow with the file.</summary>
/// <param name="stream">The file; disposed of with the reader.</param>
/// <param name="source">How messages name it.</param>
public sealed class SampleReader(Stream stream, string source) : IDisposable
{
    private readonly ByteLines _lines = new(stream);
    private bool _headerSeen;

    /// <summary>The samples of a file, in the file's order. May be enumerated several times.</summary>
    /// <exception cref="UserError">While enumerating: the file is missing, unreadable, or has a line that is no sample; the message says
    /// which.</exception>
    public static IEnumerable<Sample> Enumerate(string path)
    {
        using var reader = Open(path);
        while (reader.TryRead(out var sample))
        {
            yield return sample;
        }
    }

    /// <exception cref="UserError">The file is missing or unreadable.</exception>
    public static SampleReader Open(string path)
    {
        try
        {
            return new SampleReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"{path} does not exist: run --target=Parse to make it", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <exception cref="UserError">The line is no sample, or the file cannot be read.</exception>
    public bool TryRead(out Sample sample)
    {
        sample = default;
        try
        {
            if (!_headerSeen)
            {
                ReadHeader();
            }

            if (!_lines.TryRead(out var line))
            {
                return false;
            }

            return SampleLine.TryParse(line.TrimEnd((byte)'\r'), out sample) is { } fault ? throw Fail(fault) : true;
        }
        catch (IOException error)
        {
            throw new UserError($"{source} cannot be read: {error.Message}", error);
        }
    }

    public void Dispose() => stream.Dispose();

    private void ReadHeader()
    {
        if (!_lines.TryRead(out var header) || !header.TrimEnd((byte)'\r').SequenceEqual(SampleCsv.Header))
        {
            throw Fail($"the header is not {Encoding.ASCII.GetString(SampleCsv.Header)}");
        }

        _headerSeen = true;
    }

    private UserError Fail(string fault)
        => new($"{source}:{Math.Max(1, _lines.Number)} is no sample: {fault}; run --target=Parse to make the file again from the console logs");
}
