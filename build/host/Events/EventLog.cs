using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Build.Events;

/// <summary>What happens, for whoever watches from outside: JSON lines (UTF-8), each appended in one write, so that a reader never waits for half of one.</summary>
public sealed class EventLog : IDisposable
{
    private readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly string? _path;
    private Stream? _stream;

    private EventLog(string? path, Stream? stream, TimeProvider clock) => (_path, _stream, _clock) = (path, stream, clock);

    /// <summary>Whether anybody asked for it.</summary>
    public bool IsOn => _path is not null;

    /// <summary>Why nothing more could be written, one line; null while all is well. Nothing that is measured is given up for it.</summary>
    public string? Fault { get; private set; }

    /// <param name="path">Absolute path of a file, a pipe or a device; null for a log that nobody asked for.</param>
    /// <param name="clock">What the events' times are taken from.</param>
    /// <exception cref="UsageError">The file cannot be written.</exception>
    public static EventLog Open(string? path, TimeProvider clock)
    {
        try
        {
            return new EventLog(path, path is null ? null : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), clock);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageError($"--events: {Explain(error, path!)}");
        }
    }

    public void Add(LogEvent happening)
    {
        lock (_lock)
        {
            if (_stream is null)
                return;
            var line = JsonSerializer.SerializeToUtf8Bytes(happening with { Time = _clock.GetUtcNow().UtcDateTime }, _json);
            try
            {
                _stream.Write([.. line, (byte)'\n']);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Fault = Explain(error, _path!);
                Close();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
            Close();
    }

    private static string Explain(Exception error, string path) => error switch
    {
        _ when Directory.Exists(path) => $"{path} is a folder; name a file",
        DirectoryNotFoundException => $"{path} cannot be written: its folder does not exist; make it, or name another file",
        _ => DiskError.Explain(error, path).Message,
    };

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
