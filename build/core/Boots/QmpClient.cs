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
    private readonly Socket _socket;
    private readonly StreamReader _reader;
    private readonly NetworkStream _stream;

    private QmpClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>Waits until QEMU listens, reads its greeting and leaves the negotiation mode.</summary>
    /// <exception cref="QmpError">What answers is no QEMU, or it closed the socket.</exception>
    public static async Task<QmpClient> ConnectAsync(string path, CancellationToken cancellation)
    {
        var client = new QmpClient(await OpenAsync(path, cancellation).ConfigureAwait(false));
        try
        {
            var greeting = await client.ReadAsync(cancellation).ConfigureAwait(false);
            if (!greeting.ContainsKey("QMP"))
                throw new QmpError($"{path}: no QMP greeting but {greeting.ToJsonString()}");
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
                throw new QmpError($"QMP {command}: {error["desc"]}");
        }
    }

    /// <summary>Host threads of the virtual CPUs.</summary>
    public async Task<IReadOnlyList<VcpuThread>> QueryCpusAsync(CancellationToken cancellation)
    {
        var cpus = await ExecuteAsync("query-cpus-fast", cancellation).ConfigureAwait(false) as JsonArray
            ?? throw new QmpError("QMP query-cpus-fast: no list came");
        return [.. cpus.Select(cpu => new VcpuThread((int)cpu!["cpu-index"]!, (int)cpu["thread-id"]!))];
    }

    /// <summary>Lets a paused guest run.</summary>
    public Task ContinueAsync(CancellationToken cancellation) => ExecuteAsync("cont", cancellation);

    /// <summary>Ends QEMU.</summary>
    public Task QuitAsync(CancellationToken cancellation) => ExecuteAsync("quit", cancellation);

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _socket.Dispose();
    }

    private static async Task<Socket> OpenAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException)
            {
                // QEMU makes the socket while it starts, and nothing tells when.
                socket.Dispose();
                await Task.Delay(5, cancellation).ConfigureAwait(false);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private async Task<JsonObject> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var line = await _reader.ReadLineAsync(cancellation).ConfigureAwait(false) ?? throw new QmpError("QMP: QEMU closed the socket");
            return JsonNode.Parse(line) as JsonObject ?? throw new QmpError($"QMP: no object but {line}");
        }
        catch (Exception broken) when (broken is JsonException or (IOException and not QmpError))
        {
            throw new QmpError($"QMP: {broken.Message}", broken);
        }
    }
}
