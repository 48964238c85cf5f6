using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SyscallBench.Sources;

namespace SyscallBench.Tests.Sources;

/// <summary>Downloads from a server of the test's own on the loopback interface.</summary>
public sealed class DownloaderTests : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly byte[] _content = [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index * 7))];
    private readonly HttpListener _server = new();
    private readonly HttpClient _http = new();
    private readonly List<string?> _ranges = [];
    private readonly List<(long Done, long? Total)> _bytes = [];
    private readonly Uri _address;

    public DownloaderTests()
    {
        _address = new Uri($"http://127.0.0.1:{FreePort()}/linux.tar.xz");
        _server.Prefixes.Add(new Uri(_address, "/").ToString());
        _server.Start();
        _ = ServeAsync();
    }

    public void Dispose()
    {
        _server.Close();
        _http.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Should_Download_Once_And_Then_Use_What_Is_There()
    {
        var file = await GetAsync(Sha256());
        var again = await GetAsync(Sha256());

        Assert.Equal(_content, File.ReadAllBytes(file));
        Assert.Equal(file, again);
        Assert.Equal([null], _ranges);
    }

    [Fact]
    public async Task Should_Download_Again_When_What_Is_There_Is_Another_File()
    {
        var file = await GetAsync(Sha256());
        await File.WriteAllTextAsync(file, "half", TestContext.Current.CancellationToken);

        await GetAsync(Sha256());

        Assert.Equal(_content, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Should_Go_On_From_The_Part_That_Is_There()
    {
        Directory.CreateDirectory(_files.Workspace.Downloads);
        File.WriteAllBytes(Path.Combine(_files.Workspace.Downloads, "linux.tar.xz.part"), _content[..100_000]);

        var file = await GetAsync(Sha256());

        Assert.Equal(_content, File.ReadAllBytes(file));
        Assert.Equal(["bytes=100000-"], _ranges);
        Assert.All(_bytes, told => Assert.InRange(told.Done, 100_001, _content.Length));
        Assert.Equal((_content.Length, _content.Length), _bytes[^1]);
    }

    [Fact]
    public async Task Should_Throw_A_Wrong_File_Away_And_Name_Both_Hashes()
    {
        var wrong = new string('0', 64);

        var error = await Assert.ThrowsAsync<UserError>(() => GetAsync(wrong));

        Assert.Contains($"has SHA-256 {Sha256()}, not {wrong}", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_files.Workspace.Downloads));
    }

    [Fact]
    public async Task Should_Say_In_One_Line_When_The_Server_Refuses()
    {
        var error = await Assert.ThrowsAsync<UnreachableError>(() => GetAsync(Sha256(), new Uri(_address, "/other")));

        Assert.Contains("404", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Say_In_One_Line_When_Nobody_Listens()
    {
        var nobody = new Uri($"http://127.0.0.1:{FreePort()}/linux.tar.xz");

        var error = await Assert.ThrowsAsync<UnreachableError>(() => GetAsync(Sha256(), nobody));

        Assert.StartsWith("cannot download linux.tar.xz: 127.0.0.1: ", error.Message, StringComparison.Ordinal);
    }

    private Task<string> GetAsync(string sha256, Uri? address = null) => Downloader.GetAsync(
        new DownloadPin("linux.tar.xz", address ?? _address, sha256), _files.Workspace.Downloads, say: null, TestContext.Current.CancellationToken);

    private Downloader Downloader => new(_http) { OnBytes = (done, total) => _bytes.Add((done, total)) };

    private string Sha256() => Convert.ToHexStringLower(SHA256.HashData(_content));

    private async Task ServeAsync()
    {
        while (_server.IsListening)
        {
            var context = await _server.GetContextAsync();
            var range = context.Request.Headers["Range"];
            _ranges.Add(range);
            var from = range is null ? 0 : int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
            context.Response.StatusCode = context.Request.Url!.AbsolutePath != "/linux.tar.xz" ? 404 : range is null ? 200 : 206;
            context.Response.ContentLength64 = context.Response.StatusCode == 404 ? 0 : _content.Length - from;
            if (context.Response.StatusCode != 404)
                await context.Response.OutputStream.WriteAsync(_content.AsMemory(from));
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
