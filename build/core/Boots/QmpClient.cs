using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyscallBench.Boots;

/// <summary>A QMP conversation that failed: the socket closed, or QEMU refused a command.</summary>
public sealed class QmpError(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>Speaks QMP, QEMU's machine protocol: one JSON object a line, answers in the order of the commands, events in between.</summary>
public sealed class QmpClient : IDisposable
{
    private const int LongestLine = 1 << 16;
    private const int LongestQuote = 200;

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    private readonly NetworkStream _stream;
    private readonly byte[] _buffer = new byte[4096];
    private readonly List<byte> _received = [];

    private QmpClient(NetworkStream stream) => _stream = stream;

    /// <summary>Waits until QEMU listens, reads its greeting and leaves the negotiation mode.</summary>
    /// <exception cref="QmpError">What answers is no QEMU, or it closed the socket.</exception>
    public static async Task<QmpClient> ConnectAsync(string path, CancellationToken cancellation)
    {
        var client = new QmpClient(await SocketFolder.ConnectAsync(path, cancellation).ConfigureAwait(false));
        try
        {
            var greeting = await client.ReadAsync(cancellation).ConfigureAwait(false);
            if (!greeting.ContainsKey("QMP"))
                throw new QmpError($"{path}: no QMP greeting but {Short(greeting.ToJsonString())}");
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
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes($"{{\"execute\":\"{command}\"}}\n"), cancellation).ConfigureAwait(false);
        }
        catch (IOException closed)
        {
            throw new QmpError($"QMP {command}: QEMU closed the socket", closed);
        }

        while (true)
        {
            var answer = await ReadAsync(cancellation).ConfigureAwait(false);
            if (answer.TryGetPropertyValue("return", out var value))
                return value;
            if (answer["error"] is { } error)
                throw new QmpError($"QMP {command}: {Field<string>(error, "desc") ?? Short(error.ToJsonString())}");
        }
    }

    /// <summary>Host thread of the one virtual CPU.</summary>
    /// <exception cref="QmpError">QEMU refused, or what it answered is no such thread.</exception>
    public async Task<int> QueryVcpuAsync(CancellationToken cancellation)
    {
        var answer = await ExecuteAsync("query-cpus-fast", cancellation).ConfigureAwait(false);
        return answer is JsonArray and [var cpu] && Field<int>(cpu, "thread-id") is > 0 and var thread
            ? thread
            : throw new QmpError($"QMP query-cpus-fast: no CPU but {Short($"{answer?.ToJsonString()}")}");
    }

    /// <summary>Waits until QEMU stops the guest because it cannot go on.</summary>
    /// <returns>The state that the guest is in, for example <c>internal-error</c>; null where QEMU ended.</returns>
    public async Task<string?> WaitForStopAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var message = await ReadAsync(cancellation).ConfigureAwait(false);
                if (Field<string>(message, "event") != "STOP")
                    continue;
                var status = Field<string>(await ExecuteAsync("query-status", cancellation).ConfigureAwait(false), "status");
                if (status is not (null or "running" or "shutdown"))
                    return status;
            }
        }
        catch (Exception over) when (over is QmpError or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();

    private async Task<JsonObject> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            int end;
            while ((end = _received.IndexOf((byte)'\n')) < 0)
            {
                // What answers may be anything: a line without an end must not fill the memory.
                if (_received.Count > LongestLine)
                    throw new QmpError("QMP: a line does not end");
                var count = await _stream.ReadAsync(_buffer, cancellation).ConfigureAwait(false);
                if (count == 0)
                    throw new QmpError("QMP: QEMU closed the socket");
                _received.AddRange(_buffer.AsSpan(0, count));
            }

            var line = Encoding.UTF8.GetString([.. _received.Take(end)]);
            _received.RemoveRange(0, end + 1);
            return JsonNode.Parse(line, documentOptions: _strict) as JsonObject ?? throw new QmpError($"QMP: no object but {Short(line)}");
        }
        catch (Exception broken) when (broken is JsonException or (IOException and not QmpError))
        {
            throw new QmpError($"QMP: {broken.Message}", broken);
        }
    }

    private static T? Field<T>(JsonNode? node, string name) =>
        node is JsonObject fields && fields[name] is JsonValue value && value.TryGetValue(out T? field) ? field : default;

    private static string Short(string text) => text[..Math.Min(text.Length, LongestQuote)];
}
