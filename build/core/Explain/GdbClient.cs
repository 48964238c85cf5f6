using System.Text;
using SyscallBench.Boots;

namespace SyscallBench.Explain;

/// <summary>A conversation with a gdb server that failed: it closed the connection, was silent for too long, or refused a request.</summary>
public sealed class GdbError(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// Speaks the gdb remote serial protocol (GDB manual, appendix "Remote Protocol") with the server inside QEMU: one packet, one acknowledgement,
/// one answer. Only what a tracer needs: in hexadecimal, so that nothing is escaped, and over a Unix socket, so that nothing is sent again.
/// </summary>
/// <param name="stream">The connection; closed with this client.</param>
/// <param name="patience">How long an answer may take.</param>
public sealed class GdbClient(Stream stream, TimeSpan patience) : IDisposable
{
    private const int LongestPacket = 65_536;
    private const string Stranger = "what answers is no gdb server";

    // The server's register file, "g": rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8 to r15 and rip with 8 bytes each.
    private const int RipAt = 16 * 8;

    private readonly byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;

    /// <summary>Connects to a Unix socket, which QEMU may still be about to make. To be connected stops the guest.</summary>
    /// <exception cref="GdbError">Nobody listens there within <paramref name="patience"/>.</exception>
    public static async Task<GdbClient> ConnectAsync(string path, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return new GdbClient(await SocketFolder.ConnectAsync(path, limit.Token), patience);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new GdbError($"nobody listens on {path}", late);
        }
    }

    /// <summary>A payload as it goes over the wire, between <c>$</c> and a checksum.</summary>
    public static string Packet(string payload) => FormattableString.Invariant($"${payload}#{payload.Sum(character => character) & 0xff:x2}");

    /// <summary>Of the stopped CPU the address of the next instruction, and before a SYSCALL the call's number.</summary>
    public async Task<(ulong Pc, ulong Rax)> ReadStateAsync(CancellationToken cancellation)
    {
        var bytes = FromHex(await AskAsync("g", cancellation), "the registers");
        return bytes.Length < RipAt + 8
            ? throw new GdbError($"the gdb server has {bytes.Length} bytes of registers, too few for an x86-64 CPU")
            : (BitConverter.ToUInt64(bytes, RipAt), BitConverter.ToUInt64(bytes, 0));
    }

    /// <summary>Memory as the stopped CPU sees it; null where nothing is mapped.</summary>
    /// <param name="length">Bytes, at most 2,000: QEMU's packets hold 4,096 characters.</param>
    public async Task<byte[]?> ReadMemoryAsync(ulong address, int length, CancellationToken cancellation)
    {
        var answer = await AskAsync(FormattableString.Invariant($"m{address:x},{length:x}"), cancellation);
        return answer is ['E', _, _] ? null : FromHex(answer, "memory");
    }

    /// <summary>Has QEMU write memory, as the stopped CPU sees it, to a file: much faster than packets for a megabyte. It ends early where nothing is mapped.</summary>
    public async Task SaveMemoryAsync(ulong address, int length, string path, CancellationToken cancellation)
    {
        var command = FormattableString.Invariant($"memsave 0x{address:x} {length} \"{path}\"");
        var answer = await AskAsync("qRcmd," + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(command)), cancellation);

        // What the monitor prints comes first: that the rest is not mapped.
        while (answer.StartsWith('O') && answer != "OK")
            answer = await ReceiveAsync(cancellation);
        if (answer != "OK")
            throw new GdbError($"the gdb server answered \"{answer}\" when it was asked to save memory");
    }

    /// <summary>Executes one instruction. Interrupts and timers wait meanwhile, which is how QEMU steps unless told otherwise.</summary>
    public async Task StepAsync(CancellationToken cancellation) => RequireStop(await AskAsync("s", cancellation));

    /// <summary>Lets the guest run for some time.</summary>
    public async Task RunForAsync(TimeSpan time, CancellationToken cancellation)
    {
        await SendAsync("c", cancellation);
        await Task.Delay(time, cancellation);

        // Ctrl+C, outside of any packet, is how a running target is stopped.
        await WriteAsync("\u0003", cancellation);
        RequireStop(await ReceiveAsync(cancellation));
    }

    public void Dispose() => stream.Dispose();

    private static void RequireStop(string answer)
    {
        if (answer is ['W' or 'X', ..])
            throw new GdbError("the guest ended while it was traced");
        if (answer is not ['T' or 'S', ..])
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

    private async Task<string> AskAsync(string request, CancellationToken cancellation)
    {
        await SendAsync(request, cancellation);
        return await ReceiveAsync(cancellation);
    }

    private async Task SendAsync(string request, CancellationToken cancellation)
    {
        await WriteAsync(Packet(request), cancellation);

        // QEMU before 8.0 says by itself that the guest stopped when somebody connects.
        for (var next = await ReadByteAsync(cancellation); next != '+'; next = await ReadByteAsync(cancellation))
            _ = next == '$' ? await ReadPacketAsync(cancellation) : throw new GdbError(Stranger);
    }

    private async Task<string> ReceiveAsync(CancellationToken cancellation) =>
        await ReadByteAsync(cancellation) == '$' ? await ReadPacketAsync(cancellation) : throw new GdbError(Stranger);

    /// <summary>What follows a <c>$</c>, acknowledged.</summary>
    private async Task<string> ReadPacketAsync(CancellationToken cancellation)
    {
        var packet = new StringBuilder("$");
        while (packet.Length < 4 || packet[^3] != '#')
        {
            if (packet.Length == LongestPacket)
                throw new GdbError(Stranger);
            packet.Append((char)await ReadByteAsync(cancellation));
        }

        var payload = packet.ToString(1, packet.Length - 4);
        if (Packet(payload) != packet.ToString())
            throw new GdbError("the gdb server sent a packet with a wrong checksum");
        await WriteAsync("+", cancellation);
        return payload;
    }

    private async ValueTask<byte> ReadByteAsync(CancellationToken cancellation)
    {
        if (_start == _end)
        {
            var read = stream.ReadAsync(_buffer, cancellation).AsTask();
            await InTimeAsync(read, cancellation);
            (_start, _end) = (0, await read);
        }

        return _end > 0 ? _buffer[_start++] : throw new GdbError("QEMU closed the gdb connection");
    }

    private Task WriteAsync(string text, CancellationToken cancellation) =>
        InTimeAsync(stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellation).AsTask(), cancellation);

    private async Task InTimeAsync(Task exchange, CancellationToken cancellation)
    {
        try
        {
            await exchange.WaitAsync(patience, cancellation);
        }
        catch (TimeoutException silent)
        {
            throw new GdbError(FormattableString.Invariant($"the gdb server did not answer within {patience.TotalSeconds:0.#} s"), silent);
        }
        catch (IOException closed)
        {
            throw new GdbError("QEMU closed the gdb connection", closed);
        }
    }
}
