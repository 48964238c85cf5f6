using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using SyscallBench.Explain;

namespace SyscallBench.Tests.Explain;

public sealed class GdbClientTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "$#00")]
    [InlineData("g", "$g#67")]
    [InlineData("m1000,f", "$m1000,f#c0")]
    [InlineData("a}b#c$d*", "$a}]b}\u0003c}\u0004d}\n#ec")]
    public void Should_Frame_And_Escape_When_A_Payload_Is_Encoded(string payload, string packet) =>
        Assert.Equal(packet, Encoding.Latin1.GetString(GdbClient.Encode(payload)));

    [Theory]
    [InlineData("OK", "OK")]
    [InlineData("0* ", "0000")]
    [InlineData("}\u0003x}]", "#x}")]
    public void Should_Undo_Escapes_And_Repetitions_When_An_Answer_Is_Decoded(string raw, string payload) =>
        Assert.Equal(payload, GdbClient.Decode(Encoding.Latin1.GetBytes(raw)));

    [Theory]
    [InlineData("ab}")]
    [InlineData("ab*")]
    [InlineData("* ")]
    public void Should_Fail_When_An_Answer_Is_Cut(string raw) => Assert.Throws<GdbError>(() => GdbClient.Decode(Encoding.Latin1.GetBytes(raw)));

    [Fact]
    public async Task Should_Read_Registers_When_The_Server_Sends_Them()
    {
        var registers = new byte[(17 * 8) + 8];
        registers[0] = 0xf4;
        registers[1] = 0x01;
        registers[(16 * 8) + 1] = 0x10;
        registers[(17 * 8) + 4] = 0x33;
        await using var server = new ScriptedServer($"+{Packet(Convert.ToHexStringLower(registers))}");
        using var client = new GdbClient(server.Stream, _patience);

        var state = await client.ReadStateAsync(Cancellation);

        Assert.Equal(new CpuState(500, 0x1000, 3), state);
        Assert.Equal("$g#67+", await server.ReceivedAsync());
    }

    [Fact]
    public async Task Should_Send_Again_When_The_Server_Asks_For_It()
    {
        await using var server = new ScriptedServer($"-+{Packet("c0ffee")}");
        using var client = new GdbClient(server.Stream, _patience);

        Assert.Equal([0xc0, 0xff, 0xee], await client.ReadMemoryAsync(0x10, 3, Cancellation));
        Assert.Equal("$m10,3#2d$m10,3#2d+", await server.ReceivedAsync());
    }

    [Fact]
    public async Task Should_Ask_Again_When_A_Checksum_Is_Wrong()
    {
        await using var server = new ScriptedServer($"+$c0ffef#00{Packet("c0ffee")}");
        using var client = new GdbClient(server.Stream, _patience);

        Assert.Equal([0xc0, 0xff, 0xee], await client.ReadMemoryAsync(0x10, 3, Cancellation));
        Assert.EndsWith("-+", await server.ReceivedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Pass_Over_A_Stop_When_Nobody_Asked_For_It()
    {
        await using var server = new ScriptedServer($"{Packet("T05thread:01;")}+{Packet("T05thread:01;")}");
        using var client = new GdbClient(server.Stream, _patience);

        await client.StepAsync(Cancellation);

        Assert.Equal("$s#73++", await server.ReceivedAsync());
    }

    [Fact]
    public async Task Should_Return_Null_When_Memory_Is_Not_Mapped()
    {
        await using var server = new ScriptedServer($"+{Packet("E14")}");
        using var client = new GdbClient(server.Stream, _patience);

        Assert.Null(await client.ReadMemoryAsync(0, 1, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("+$T05")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("---")]
    public async Task Should_Fail_When_The_Server_Dies_Or_Is_None(string script)
    {
        await using var server = new ScriptedServer(script, ends: true);
        using var client = new GdbClient(server.Stream, _patience);

        await Assert.ThrowsAsync<GdbError>(() => client.StepAsync(Cancellation));
    }

    [Fact]
    public async Task Should_Fail_When_The_Guest_Ends_During_A_Step()
    {
        await using var server = new ScriptedServer($"+{Packet("W00")}");
        using var client = new GdbClient(server.Stream, _patience);

        await Assert.ThrowsAsync<GdbError>(() => client.StepAsync(Cancellation));
    }

    [Fact]
    public async Task Should_Fail_When_No_Answer_Comes_In_Time()
    {
        await using var server = new ScriptedServer("+");
        using var client = new GdbClient(server.Stream, TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAsync<GdbError>(() => client.StepAsync(Cancellation));
    }

    [Fact]
    public async Task Should_Fail_When_Nobody_Listens() =>
        await Assert.ThrowsAnyAsync<Exception>(() => GdbClient.ConnectAsync("/nonexistent/gdb", TimeSpan.FromMilliseconds(50), Cancellation));

    private static string Packet(string payload)
    {
        var sum = Encoding.ASCII.GetBytes(payload).Aggregate(0, (total, value) => (total + value) & 0xff);
        return $"${payload}#{sum.ToString("x2", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Says what it was told to, whatever it is asked, and keeps what it was asked.</summary>
    private sealed class ScriptedServer : IAsyncDisposable
    {
        private readonly Pipe _toClient = new();
        private readonly MemoryStream _fromClient = new();

        public ScriptedServer(string script, bool ends = false)
        {
            _toClient.Writer.Write(Encoding.Latin1.GetBytes(script));
            if (ends)
                _toClient.Writer.Complete();
            else
                _ = _toClient.Writer.FlushAsync().AsTask();
            Stream = new Duplex(_toClient.Reader.AsStream(), _fromClient);
        }

        public Stream Stream { get; }

        public Task<string> ReceivedAsync() => Task.FromResult(Encoding.Latin1.GetString(_fromClient.ToArray()));

        public ValueTask DisposeAsync()
        {
            _toClient.Writer.Complete();
            return _fromClient.DisposeAsync();
        }
    }

    private sealed class Duplex(Stream input, Stream output) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => input.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => output.WriteAsync(buffer, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer, offset, count);

        public override void Flush() => output.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
