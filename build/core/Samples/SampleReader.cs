using System.Text;
using SyscallBench.Protocol;

namespace SyscallBench.Samples;

/// <summary>Reads samples as <see cref="SampleCsv"/> says, one at a time.</summary>
public static class SampleReader
{
    private const long LinesBetweenChecks = 4096;

    /// <summary>Hands every sample of a file to <paramref name="take"/>, in the file's order.</summary>
    /// <exception cref="UserError">The file is missing, unreadable, or has a line that is no sample; the message says which.</exception>
    public static void Read(string path, Action<Sample> take, CancellationToken cancellation = default)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            Read(stream, path, take, cancellation);
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

    /// <inheritdoc cref="Read(string, Action{Sample}, CancellationToken)"/>
    public static void Read(Stream stream, string source, Action<Sample> take, CancellationToken cancellation = default)
    {
        var lines = new ByteLines(stream);
        if (!lines.TryRead(out var header) || !header.TrimEnd((byte)'\r').SequenceEqual(SampleCsv.Header))
        {
            throw Fail(source, 1, $"the header is not {Encoding.ASCII.GetString(SampleCsv.Header)}");
        }

        while (lines.TryRead(out var line))
        {
            if (lines.Number % LinesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var fault = SampleLine.TryParse(line.TrimEnd((byte)'\r'), out var sample);
            if (fault is not null)
            {
                throw Fail(source, lines.Number, fault);
            }

            take(sample);
        }
    }

    private static UserError Fail(string source, long line, string fault)
        => new($"{source}:{line} is no sample: {fault}; run --target=Parse to make the file again from the console logs");
}
