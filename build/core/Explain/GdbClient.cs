using System.Net.Sockets;
using System.Text;

namespace SyscallBench.Explain;

/// <summary>A conversation with a gdb server that failed: it closed the connection, was silent for too long, or refused a request.</summary>
public sealed class GdbError(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What is read of a stopped CPU.</summary>
/// <param name="Rax">System call number before SYSCALL, result after it.</param>
/// <param name="Pc">Address of the next instruction.</param>
/// <param name="Ring">Privilege level, 0 to 3.</param>
public sealed record CpuState(ulong Rax, ulong Pc, int Ring);

/// <summary>
/// Speaks the gdb remote serial protocol (GDB manual, appendix "Remote Protocol") with the server inside QEMU: one packet, one acknowledgement,
/// one answer. Only what a tracer needs: registers, memory, step, continue, interrupt.
/// </summary>
/// <param name="stream">The connection; closed with this client.</param>
/// <param name="patience">How long an answer may take.</param>
public sealed class GdbClient(Stream stream, TimeSpan patience) : IDisposable
{
    private const int Attempts = 3;
    private const int LongestPacket = 65_536;
    private const string Stranger = "what answers is no gdb server";

    // The server's register file, "g": rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8 to r15 and rip with 8 bytes each, then flags and cs with 4.
    private const int RipAt = 16 * 8;
    private const int CodeSegmentAt = RipAt + 8 + 4;

    private readonly byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;

    /// <summary>Connects to a Unix socket, which QEMU may still be about to make. To be connected stops the guest.</summary>
    /// <exception cref="GdbError">Nobody listens there within <paramref name="patience"/>.</exception>
    public static async Task<GdbClient> ConnectAsync(string path, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token).ConfigureAwait(false);
                return new GdbClient(new NetworkStream(socket, ownsSocket: true), patience);
            }
            catch (SocketException refused)
            {
                socket.Dispose();
                if (limit.IsCancellationRequested)
                    throw new GdbError($"nobody listens on {path}", refused);
                await Task.Delay(5, cancellation).ConfigureAwait(false);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>A payload as it goes over the wire: special characters escaped, between <c>$</c> and a checksum.</summary>
    public static byte[] Encode(string payload)
    {
        var packet = new List<byte> { (byte)'$' };
        foreach (var value in Encoding.Latin1.GetBytes(payload))
        {
            if (value is (byte)'$' or (byte)'#' or (byte)'}' or (byte)'*')
                packet.AddRange([(byte)'}', (byte)(value ^ 0x20)]);
            else
                packet.Add(value);
        }

        var sum = Checksum(packet.Skip(1));
        return [.. packet, (byte)'#', .. Encoding.ASCII.GetBytes(sum.ToString("x2", CultureInfo.InvariantCulture))];
    }

    /// <summary>What an answer says: escapes undone, repetitions (<c>0*"</c> is four zeros) written out.</summary>
    /// <exception cref="GdbError">It ends in the middle of one of them.</exception>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] is not ((byte)'}' or (byte)'*'))
            {
                text.Append((char)raw[at]);
                continue;
            }

            var repeats = raw[at] == '*';
            if (++at == raw.Length || (repeats && (text.Length == 0 || raw[at] < 29)))
                throw new GdbError("the gdb server sent a packet that cannot be decoded");
            text.Append(repeats ? text[^1] : (char)(raw[at] ^ 0x20), repeats ? raw[at] - 29 : 1);
        }

        return text.ToString();
    }

    /// <summary>Registers of the stopped CPU.</summary>
    public async Task<CpuState> ReadStateAsync(CancellationToken cancellation)
    {
        var bytes = FromHex(await AskAsync("g", cancellation).ConfigureAwait(false), "the registers");
        return bytes.Length < CodeSegmentAt + 4
            ? throw new GdbError($"the gdb server has {bytes.Length} bytes of registers, too few for an x86-64 CPU")
            : new CpuState(BitConverter.ToUInt64(bytes, 0), BitConverter.ToUInt64(bytes, RipAt), bytes[CodeSegmentAt] & 3);
    }

    /// <summary>Memory as the stopped CPU sees it.</summary>
    /// <param name="address">Virtual address.</param>
    /// <param name="length">Bytes, at most 2,000: QEMU's packets hold 4,096 characters.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The bytes; null where nothing is mapped.</returns>
    public async Task<byte[]?> ReadMemoryAsync(ulong address, int length, CancellationToken cancellation)
    {
        var answer = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"m{address:x},{length:x}"), cancellation).ConfigureAwait(false);
        return IsRefusal(answer) ? null : FromHex(answer, "memory");
    }

    /// <summary>Has QEMU write memory, as the stopped CPU sees it, to a file: much faster than packets for a megabyte. It ends early where nothing is mapped.</summary>
    public async Task SaveMemoryAsync(ulong address, int length, string path, CancellationToken cancellation)
    {
        var command = string.Create(CultureInfo.InvariantCulture, $"memsave 0x{address:x} {length} \"{path}\"");
        var answer = await AskAsync("qRcmd," + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(command)), cancellation).ConfigureAwait(false);

        // What the monitor prints comes first: that the rest is not mapped.
        while (answer.StartsWith('O') && answer != "OK")
            answer = await ReceiveAsync(cancellation).ConfigureAwait(false);
        if (answer != "OK")
            throw new GdbError($"the gdb server answered \"{answer}\" when it was asked to save memory");
    }

    /// <summary>Executes one instruction. Interrupts and timers wait meanwhile, which is how QEMU steps unless told otherwise.</summary>
    public async Task StepAsync(CancellationToken cancellation) =>
        Stopped(await AskAsync("s", cancellation).ConfigureAwait(false));

    /// <summary>Lets the guest run for some time.</summary>
    public async Task RunForAsync(TimeSpan time, CancellationToken cancellation)
    {
        await SendAsync(Encode("c"), cancellation).ConfigureAwait(false);
        await Task.Delay(time, cancellation).ConfigureAwait(false);

        // Ctrl+C, outside of any packet, is how a running target is stopped.
        await WriteAsync([0x03], cancellation).ConfigureAwait(false);
        Stopped(await ReceiveAsync(cancellation).ConfigureAwait(false));
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Sends a request and returns its answer.</summary>
    /// <exception cref="GdbError">The connection is closed, or no answer came in time.</exception>
    public async Task<string> AskAsync(string request, CancellationToken cancellation)
    {
        await SendAsync(Encode(request), cancellation).ConfigureAwait(false);
        return await ReceiveAsync(cancellation).ConfigureAwait(false);
    }

    private static bool IsRefusal(string answer) => answer.Length == 3 && answer[0] == 'E';

    private static void Stopped(string answer)
    {
        if (answer.Length > 0 && answer[0] is 'W' or 'X')
            throw new GdbError("the guest ended while it was traced");
        if (answer.Length == 0 || answer[0] is not ('T' or 'S'))
            throw new GdbError($"the gdb server answered \"{answer}\" where the guest should have stopped");
    }

    private static byte[] FromHex(string answer, string what)
    {
        try
        {
            return Convert.FromHexString(answer);
        }
        catch (FormatException malformed)
        {
            throw new GdbError($"the gdb server answered \"{answer}\" when it was asked for {what}", malformed);
        }
    }

    private static int Checksum(IEnumerable<byte> bytes) => bytes.Aggregate(0, (sum, value) => (sum + value) & 0xff);

    private async Task SendAsync(byte[] packet, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await WriteAsync(packet, cancellation).ConfigureAwait(false);
            if (await ReadAcknowledgementAsync(cancellation).ConfigureAwait(false))
                return;
        }

        throw new GdbError($"the gdb server refused a packet {Attempts} times");
    }

    private async Task<bool> ReadAcknowledgementAsync(CancellationToken cancellation)
    {
        while (true)
        {
            switch (await ReadByteAsync(cancellation).ConfigureAwait(false))
            {
                case (byte)'+':
                    return true;
                case (byte)'-':
                    return false;
                case (byte)'$':
                    // QEMU before 8.0 says by itself that the guest stopped when somebody connects.
                    _ = await ReadPacketAsync(cancellation).ConfigureAwait(false);
                    break;
                default:
                    throw new GdbError(Stranger);
            }
        }
    }

    private async Task<string> ReceiveAsync(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await ReadByteAsync(cancellation).ConfigureAwait(false) != '$')
                throw new GdbError(Stranger);
            if (await ReadPacketAsync(cancellation).ConfigureAwait(false) is { } payload)
                return payload;
        }

        throw new GdbError($"the gdb server sent a packet with a wrong checksum {Attempts} times");
    }

    /// <summary>What follows a <c>$</c>, acknowledged; null where the checksum is wrong, and the server sends it again.</summary>
    private async Task<string?> ReadPacketAsync(CancellationToken cancellation)
    {
        var raw = new List<byte>();
        for (var next = await ReadByteAsync(cancellation).ConfigureAwait(false); next != '#'; next = await ReadByteAsync(cancellation).ConfigureAwait(false))
        {
            if (raw.Count == LongestPacket)
                throw new GdbError(Stranger);
            raw.Add(next);
        }

        byte[] sum = [await ReadByteAsync(cancellation).ConfigureAwait(false), await ReadByteAsync(cancellation).ConfigureAwait(false)];
        var intact = int.TryParse(Encoding.ASCII.GetString(sum), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var expected)
            && Checksum(raw) == expected;
        await WriteAsync([(byte)(intact ? '+' : '-')], cancellation).ConfigureAwait(false);
        return intact ? Decode([.. raw]) : null;
    }

    private async ValueTask<byte> ReadByteAsync(CancellationToken cancellation)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, await BoundedAsync(token => stream.ReadAsync(_buffer, token), cancellation).ConfigureAwait(false));
            if (_end == 0)
                throw new GdbError("QEMU closed the gdb connection");
        }

        return _buffer[_start++];
    }

    private async Task WriteAsync(byte[] bytes, CancellationToken cancellation) => await BoundedAsync(
        async token =>
        {
            await stream.WriteAsync(bytes, token).ConfigureAwait(false);
            return bytes.Length;
        },
        cancellation).ConfigureAwait(false);

    private async ValueTask<int> BoundedAsync(Func<CancellationToken, ValueTask<int>> exchange, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return await exchange(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException silent) when (!cancellation.IsCancellationRequested)
        {
            throw new GdbError(string.Create(CultureInfo.InvariantCulture, $"the gdb server did not answer within {patience.TotalSeconds:0.#} s"), silent);
        }
        catch (IOException closed)
        {
            throw new GdbError("QEMU closed the gdb connection", closed);
        }
    }
}
