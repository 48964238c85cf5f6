using SyscallBench.Model;

namespace SyscallBench.Processes;

/// <summary>Where a program's two output streams go: files, lines, and the last lines. Waits in the kernel and never polls.</summary>
internal sealed class ChildOutput : IDisposable
{
    private readonly FileStream? _outputFile;
    private readonly FileStream? _errorFile;

    /// <summary>Opens the files, before the program is started, so that a folder without write permission starts nothing.</summary>
    /// <exception cref="UserError">A file cannot be written.</exception>
    public ChildOutput(ProcessRequest request)
    {
        Output = new LineTail(request.OnOutput);
        Error = new LineTail(request.OnError);
        _outputFile = Create(request.OutputFile);
        _errorFile = request.ErrorFile == request.OutputFile ? _outputFile : Create(request.ErrorFile);
    }

    public LineTail Output { get; }

    public LineTail Error { get; }

    /// <summary>Ends when both streams have ended.</summary>
    public async Task PumpAsync(Stream output, Stream error)
    {
        await Task.WhenAll(PumpAsync(output, _outputFile, Output), PumpAsync(error, _errorFile, Error)).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _outputFile?.Dispose();
        _errorFile?.Dispose();
    }

    private static async Task PumpAsync(Stream source, FileStream? file, LineTail lines)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lines.Feed(buffer.AsSpan(0, read));
                Write(file, buffer.AsSpan(0, read));
            }

            lines.Finish();
        }
        finally
        {
            // On a full disk the rest is still taken off the program's hands, or it would wait for ever.
            await source.CopyToAsync(Stream.Null).ConfigureAwait(false);
        }
    }

    private static void Write(FileStream? file, ReadOnlySpan<byte> bytes)
    {
        if (file is not null)
        {
            // Both streams may share one file.
            lock (file)
            {
                file.Write(bytes);
            }
        }
    }

    private static FileStream? Create(string? path)
    {
        try
        {
            return path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path}: cannot be written: {failure.Message}", failure);
        }
    }
}
