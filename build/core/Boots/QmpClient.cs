using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyscallBench.Boots;

/// <summary>A QMP conversation that failed: the socket closed, or QEMU refused a command.</summary>
public sealed class QmpError(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>One virtual CPU and the host thread that runs it.</summary>
/// <param name="Index">Number of the virtual CPU, from 0.</param>
/// <param name="Thread">Thread id on the host.</param>
public sealed record VcpuThread(int Index, int Thread);

/// <summary>Speaks QMP, QEMU's machine protocol: one JSON object a line, answers in the order of the commands, events in between.</summary>
public sealed class QmpClient : IDisposable
{
    private const int LongestLine = 1 << 16;
    private const int LongestQuote = 200;

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly byte[] _buffer = new byte[4096];
    private readonly List<byte> _received = [];

    private QmpClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
    }

    /// <summary>Waits until QEMU listens, reads its greeting and leaves the negotiation mode.</summary>
    /// <exception cref="QmpError">What answers is no QEMU, or it closed the socket.</exception>
    public static async Task<QmpClient> ConnectAsync(string path, CancellationToken cancellation)
    {
        var client = new QmpClient(await SocketFolder.ConnectAsync(path, cancellation).ConfigureAwait(false));
        try
        {
            var greeting = await client.ReadAsync(cancellation).ConfigureAwait(false);
            if (!greeting.ContainsKey("QMP"))
                throw new QmpError($"{path}: no QMP greeting but {Short(greeting)}");
            await client.ExecuteAsync("qmp_capabilities", cancellation).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command without arguments and returns what QEMU returned.</summary>
    /// <exception cref="QmpError">QEMU refused it, or the socket closed.</exception>
    public async Task<JsonNode?> ExecuteAsync(string command, CancellationToken cancellation)
    {
        var line = Encoding.UTF8.GetBytes(new JsonObject { ["execute"] = command }.ToJsonString() + "\n");
        try
        {
            await _stream.WriteAsync(line, cancellation).ConfigureAwait(false);
        }
        catch (IOException closed) when (closed is not QmpError)
        {
            throw new QmpError($"QMP {command}: QEMU closed the socket", closed);
        }

        while (true)
        {
            var answer = await ReadAsync(cancellation).ConfigureAwait(false);
            if (answer.TryGetPropertyValue("return", out var value))
                return value;
            if (answer["error"] is { } error)
                throw new QmpError($"QMP {command}: {Text(error, "desc") ?? Short(error)}");
        }
    }

    /// <summary>Host threads of the virtual CPUs; at least one.</summary>
    /// <exception cref="QmpError">QEMU refused, or what it answered is no list of them.</exception>
    public async Task<IReadOnlyList<VcpuThread>> QueryCpusAsync(CancellationToken cancellation)
    {
        var answer = await ExecuteAsync("query-cpus-fast", cancellation).ConfigureAwait(false);
        var cpus = (answer as JsonArray)?.Select(cpu => Number(cpu, "cpu-index") is { } index && Number(cpu, "thread-id") is { } thread ? new VcpuThread(index, thread) : null).ToList();
        return cpus is { Count: > 0 } && !cpus.Contains(null) ? [.. cpus.OfType<VcpuThread>()] : throw new QmpError($"QMP query-cpus-fast: no list of CPUs but {Short(answer)}");
    }

    /// <summary>Waits until QEMU stops the guest because it cannot go on.</summary>
    /// <returns>The state that the guest is in, for example <c>internal-error</c>; null where it was no failure, or QEMU ended.</returns>
    public async Task<string?> WaitForStopAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var message = await ReadAsync(cancellation).ConfigureAwait(false);
                if (Text(message, "event") != "STOP")
                    continue;
                var status = Text(await ExecuteAsync("query-status", cancellation).ConfigureAwait(false), "status");
                if (status is not (null or "running" or "shutdown"))
                    return status;
            }
        }
        catch (Exception over) when (over is QmpError or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<JsonObject> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var line = await ReadLineAsync(cancellation).ConfigureAwait(false);
            return JsonNode.Parse(line, documentOptions: _strict) as JsonObject ?? throw new QmpError($"QMP: no object but {line[..Math.Min(line.Length, LongestQuote)]}");
        }
        catch (Exception broken) when (broken is JsonException or (IOException and not QmpError))
        {
            throw new QmpError($"QMP: {broken.Message}", broken);
        }
    }

    // What answers may be anything: a line without an end must not fill the memory.
    private async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var end = _received.IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString([.. _received.Take(end)]);
                _received.RemoveRange(0, end + 1);
                return line;
            }

            if (_received.Count > LongestLine)
                throw new QmpError("QMP: a line does not end");
            var count = await _stream.ReadAsync(_buffer, cancellation).ConfigureAwait(false);
            if (count == 0)
                throw new QmpError("QMP: QEMU closed the socket");
            _received.AddRange(_buffer.AsSpan(0, count));
        }
    }

    private static int? Number(JsonNode? node, string name) =>
        node is JsonObject fields && fields[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static string? Text(JsonNode? node, string name) =>
        node is JsonObject fields && fields[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text[..Math.Min(text.Length, LongestQuote)];
    }
}
