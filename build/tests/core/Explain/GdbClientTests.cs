using System.Net;
using System.Net.Sockets;
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
    public void Should_Frame_A_Payload(string payload, string packet) => Assert.Equal(packet, GdbClient.Packet(payload));

    [Fact]
    public async Task Should_Read_Registers_When_The_Server_Sends_Them()
    {
        var registers = new byte[(17 * 8) + 8];
        registers[0] = 0xf4;
        registers[1] = 0x01;
        registers[(16 * 8) + 1] = 0x10;
        using var server = new ScriptedServer($"+{GdbClient.Packet(Convert.ToHexStringLower(registers))}");
        using var client = new GdbClient(server.Stream, _patience);

        var state = await client.ReadStateAsync(Cancellation);

        Assert.Equal((0x1000UL, 500UL), state);
        Assert.Equal("$g#67+", server.Received);
    }

    [Fact]
    public async Task Should_Pass_Over_A_Stop_When_Nobody_Asked_For_It()
    {
        using var server = new ScriptedServer($"{GdbClient.Packet("T05thread:01;")}+{GdbClient.Packet("T05thread:01;")}");
        using var client = new GdbClient(server.Stream, _patience);

        await client.StepAsync(Cancellation);

        Assert.Equal("$s#73++", server.Received);
    }

    [Fact]
    public async Task Should_Return_Null_When_Memory_Is_Not_Mapped()
    {
        using var server = new ScriptedServer($"+{GdbClient.Packet("E14")}");
        using var client = new GdbClient(server.Stream, _patience);

        Assert.Null(await client.ReadMemoryAsync(0, 1, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("+$T05")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("-")]
    [InlineData("+$T05#00")]
    public async Task Should_Fail_When_The_Server_Dies_Or_Is_None(string script)
    {
        using var server = new ScriptedServer(script, ends: true);
        using var client = new GdbClient(server.Stream, _patience);

        await Assert.ThrowsAsync<GdbError>(() => client.StepAsync(Cancellation));
    }

    [Fact]
    public async Task Should_Fail_When_The_Guest_Ends_During_A_Step()
    {
        using var server = new ScriptedServer($"+{GdbClient.Packet("W00")}");
        using var client = new GdbClient(server.Stream, _patience);

        await Assert.ThrowsAsync<GdbError>(() => client.StepAsync(Cancellation));
    }

    [Fact]
    public async Task Should_Fail_When_No_Answer_Comes_In_Time()
    {
        using var server = new ScriptedServer("+");
        using var client = new GdbClient(server.Stream, TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAsync<GdbError>(() => client.StepAsync(Cancellation));
    }

    [Fact]
    public async Task Should_Fail_When_Nobody_Listens() =>
        await Assert.ThrowsAnyAsync<Exception>(() => GdbClient.ConnectAsync("/nonexistent/gdb", TimeSpan.FromMilliseconds(50), Cancellation));

    /// <summary>Says what it was told to, whatever it is asked, and keeps what it was asked.</summary>
    private sealed class ScriptedServer : IDisposable
    {
        private readonly Socket _server;

        public ScriptedServer(string script, bool ends = false)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            Stream = new TcpClient(IPAddress.Loopback.ToString(), ((IPEndPoint)listener.LocalEndpoint).Port).GetStream();
            _server = listener.AcceptSocket();
            _server.Send(Encoding.Latin1.GetBytes(script));
            if (ends)
                _server.Shutdown(SocketShutdown.Send);
        }

        public Stream Stream { get; }

        public string Received
        {
            get
            {
                var buffer = new byte[1024];
                return Encoding.Latin1.GetString(buffer, 0, _server.Receive(buffer));
            }
        }

        public void Dispose() => _server.Dispose();
    }
}
