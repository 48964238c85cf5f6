using System.Net.Sockets;
using System.Text;
using SyscallBench.Boots;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

/// <summary>Something that is no QEMU, or one that means ill, answers on the socket.</summary>
public sealed class QmpClientTests : IDisposable
{
    private const string Greeting = """{"QMP":{"version":{},"capabilities":[]}}""";
    private const string Fine = """{"return":{}}""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"QMP\"")]
    [InlineData("{}")]
    [InlineData("{\"QMP\":")]
    [InlineData("{\"QMP\":1,\"QMP\":2}")]
    [InlineData("\u0001\u0002")]
    public async Task Should_Be_Refused_When_The_Greeting_Is_None(string greeting) =>
        await Assert.ThrowsAsync<QmpError>(() => QueryAsync(greeting));

    [Theory]
    [InlineData("""{"return":null}""")]
    [InlineData("""{"return":{}}""")]
    [InlineData("""{"return":[]}""")]
    [InlineData("""{"return":[null]}""")]
    [InlineData("""{"return":[[]]}""")]
    [InlineData("""{"return":[{"cpu-index":0}]}""")]
    [InlineData("""{"return":[{"cpu-index":0,"thread-id":null}]}""")]
    [InlineData("""{"return":[{"cpu-index":0,"thread-id":"7"}]}""")]
    [InlineData("""{"return":[{"cpu-index":0,"thread-id":99999999999999999999}]}""")]
    [InlineData("""{"return":[{"cpu-index":0,"thread-id":7},3]}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":"no"}""")]
    [InlineData("""{"error":{"desc":[1]}}""")]
    [InlineData("7")]
    public async Task Should_Be_An_Error_When_The_Answer_Has_Another_Shape(string answer) =>
        await Assert.ThrowsAsync<QmpError>(() => QueryAsync(Greeting, Fine, answer));

    [Fact]
    public async Task Should_Be_An_Error_When_A_Line_Does_Not_End() =>
        await Assert.ThrowsAsync<QmpError>(() => QueryAsync(Greeting + new string(' ', 1 << 20)));

    [Fact]
    public async Task Should_Skip_Events_When_They_Come_Before_The_Answer()
    {
        var vcpu = await QueryAsync(Greeting, Fine, """{"event":"RESUME","data":null}""", """{"return":[{"cpu-index":0,"thread-id":7}]}""");

        Assert.Equal(7, vcpu);
    }

    /// <summary>Asks for the CPU of somebody who says these lines whatever is asked, and then closes the socket.</summary>
    private async Task<int> QueryAsync(params string[] lines)
    {
        var path = _folder.Path("qmp");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var server = AnswerAsync(listener, lines);
        try
        {
            using var qmp = await QmpClient.ConnectAsync(path, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            return await qmp.QueryVcpuAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        finally
        {
            await server;
        }
    }

    private static async Task AnswerAsync(Socket listener, string[] lines)
    {
        using var socket = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
            socket.Shutdown(SocketShutdown.Send);
            var ignored = new byte[4096];
            while (await socket.ReceiveAsync(ignored) > 0)
            {
                // What was asked does not matter.
            }
        }
        catch (SocketException)
        {
            // The client had enough.
        }
    }
}
