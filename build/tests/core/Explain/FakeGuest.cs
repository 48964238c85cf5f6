using System.Net.Sockets;
using System.Text;
using SyscallBench.Boots;
using SyscallBench.Explain;

namespace SyscallBench.Tests.Explain;

/// <summary>
/// What a tracer sees of QEMU: a program that starts the benchmark, and a gdb server whose CPU goes through captured instructions again and again, a loop of two
/// instructions around them.
/// </summary>
internal sealed class FakeGuest : IAsyncDisposable
{
    private const ulong Program = 0x7f00_0000_0000;
    private const int StepsBeforeDeath = 100;

    private readonly SocketFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly IReadOnlyList<IReadOnlyList<TracedInstruction>> _calls;
    private readonly Dictionary<ulong, byte[]> _memory;
    private readonly Task _served;
    private int _call;
    private int _index;

    /// <param name="offset">Where the SYSCALL is in the program's file.</param>
    /// <param name="traces">What calls execute, one after the other, and over again.</param>
    public FakeGuest(ulong offset, params IReadOnlyList<Trace> traces)
    {
        var start = Program + offset;
        _calls = [.. traces.Select(trace => (IReadOnlyList<TracedInstruction>)
        [
            new(start, [0x0f, 0x05]), .. trace.Instructions.Skip(1), new(start + 2, [0xff, 0xc9]), new(start + 4, [0x75, 0xfa]),
        ])];
        _memory = _calls.SelectMany(call => call).DistinctBy(each => each.Address).ToDictionary(each => each.Address, each => each.Code);
        _index = _calls[0].Count - 1;
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.Path("listener")));
        _listener.Listen(1);
        _served = ServeAsync();
    }

    /// <summary>What the program's RAX holds before each call.</summary>
    public ulong Number { get; init; } = 500;

    /// <summary>The connection ends after some steps, as when QEMU dies.</summary>
    public bool Dies { get; init; }

    /// <summary>A program to be started in QEMU's place.</summary>
    /// <param name="console">What it writes to the console.</param>
    /// <param name="last">What it does then.</param>
    public string Qemu(string console = "@sb1 0 begin rounds=20", string last = "exec sleep 60")
    {
        var path = _folder.Path("qemu");
        File.WriteAllText(path, $"""
            #!/bin/sh
            for word; do case $word in unix:*,server*) gdb=$(echo "$word" | sed 's/^unix://; s/,.*//');; file:*) console=$(echo "$word" | sed 's/^file://');; esac; done
            ln -s '{_folder.Path("listener")}' "$gdb"
            echo '{console}' > "$console"
            {last}

            """);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _served;
        _folder.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var socket = await _listener.AcceptAsync();
            var (buffer, request, steps) = (new byte[4096], new StringBuilder(), 0);
            while (await socket.ReceiveAsync(buffer) is > 0 and var read)
            {
                request.Append(Encoding.Latin1.GetString(buffer, 0, read));
                while (Next(request) is { } asked && !(Dies && ++steps > StepsBeforeDeath))
                    await socket.SendAsync(Encoding.Latin1.GetBytes(asked is "\u0003" ? GdbClient.Packet("T02") : asked == "c" ? "+" : $"+{GdbClient.Packet(Answer(asked))}"));
                if (steps > StepsBeforeDeath)
                    return;
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    /// <summary>Takes the next whole packet, or Ctrl+C, out of what came; null where there is none.</summary>
    private static string? Next(StringBuilder request)
    {
        var text = request.ToString().TrimStart('+');
        var length = text.StartsWith('\u0003') ? 1 : text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var end && end + 3 <= text.Length ? end + 3 : 0;
        if (length == 0)
            return null;
        request.Clear().Append(text[length..]);
        return length == 1 ? text[..1] : text[1..(length - 3)];
    }

    private string Answer(string request)
    {
        switch (request[0])
        {
            case 's':
                if (++_index == _calls[_call].Count)
                    (_call, _index) = ((_call + 1) % _calls.Count, 0);
                return "T05";
            case 'g':
                var registers = new byte[(17 * 8) + 8];
                BitConverter.TryWriteBytes(registers, Number);
                BitConverter.TryWriteBytes(registers.AsSpan(16 * 8), _calls[_call][_index].Address);
                return Convert.ToHexStringLower(registers);
            case 'm':
                var parts = request[1..].Split(',').Select(part => ulong.Parse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToArray();
                var code = _memory.GetValueOrDefault(parts[0]);
                return code is null ? "E14" : Convert.ToHexStringLower([.. code.Concat(new byte[16]).Take((int)parts[1])]);
            default:
                return "";
        }
    }
}
