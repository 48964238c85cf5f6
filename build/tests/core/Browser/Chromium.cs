using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SyscallBench.Tests.Browser;

/// <summary>A headless Chromium with one page, spoken to over its DevTools protocol. Needs no package beyond the browser itself.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private readonly DirectoryInfo _profile;
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _complaints = [];
    private int _command;

    private Chromium(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Console errors and warnings, uncaught exceptions and failed or attempted network requests, in the browser's words.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Chromium> StartAsync(CancellationToken cancellation)
    {
        var profile = Directory.CreateTempSubdirectory("syscall-bench-chromium-");
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
                 ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank"])
            start.ArgumentList.Add(argument);

        var browser = new Chromium(Process.Start(start)!, profile);
        await browser.ConnectAsync(cancellation);
        return browser;
    }

    /// <summary>Shows a local file at a width in CSS pixels.</summary>
    public async Task ShowAsync(string path, int width, bool dark, CancellationToken cancellation)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false }, cancellation);
        await SendAsync(
            "Emulation.setEmulatedMedia",
            new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }) },
            cancellation);
        await SendAsync("Page.navigate", new() { ["url"] = new Uri(path).AbsoluteUri }, cancellation);
        await EvaluateAsync("new Promise(done => document.readyState === 'complete' ? done(1) : addEventListener('load', () => done(1)))", cancellation);
    }

    /// <summary>Value of a JavaScript expression in the page, which must be JSON; promises are awaited.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true }, cancellation);
        return answer["exceptionDetails"] is { } error ? throw new InvalidOperationException(error.ToJsonString()) : answer["result"]?["value"];
    }

    /// <summary>Presses and releases the Tab key.</summary>
    public async Task TabAsync(CancellationToken cancellation)
    {
        foreach (var type in (string[])["keyDown", "keyUp"])
            await SendAsync("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = "Tab", ["code"] = "Tab", ["windowsVirtualKeyCode"] = 9 }, cancellation);
    }

    /// <summary>The whole page as PNG, not only what fits into the window.</summary>
    public async Task<byte[]> ScreenshotAsync(CancellationToken cancellation)
    {
        var answer = await SendAsync("Page.captureScreenshot", new() { ["captureBeyondViewport"] = true }, cancellation);
        return Convert.FromBase64String(answer["data"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        const string announcement = "DevTools listening on ";
        string? line;
        do
            line = await _process.StandardError.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("chromium ended before it listened");
        while (!line.StartsWith(announcement, StringComparison.Ordinal));

        // Nobody reads the rest, and a full pipe would stop the browser.
        _process.ErrorDataReceived += (_, _) => { };
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);

        var address = new Uri(line[announcement.Length..]);
        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync($"http://{address.Authority}/json/list", cancellation))!.AsArray();
        var page = pages.First(target => target!["type"]!.GetValue<string>() == "page")!["webSocketDebuggerUrl"]!.GetValue<string>();
        await _socket.ConnectAsync(new Uri(page), cancellation);
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
            await SendAsync($"{domain}.enable", [], cancellation);
    }

    private async Task<JsonObject> SendAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        var id = ++_command;
        var text = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString();
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        while (true)
        {
            var message = await ReceiveAsync(cancellation);
            if (message["id"]?.GetValue<int>() == id)
                return message["result"] as JsonObject ?? throw new InvalidOperationException($"{method}: {message.ToJsonString()}");
            Note(message);
        }
    }

    private async Task<JsonObject> ReceiveAsync(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[65536];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellation);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        message.Position = 0;
        return JsonSerializer.Deserialize<JsonObject>(message)!;
    }

    private void Note(JsonObject message)
    {
        var complaint = message["method"]?.GetValue<string>() switch
        {
            "Runtime.exceptionThrown" or "Log.entryAdded" or "Runtime.consoleAPICalled" or "Network.loadingFailed" => message.ToJsonString(),
            "Network.requestWillBeSent" when message["params"]?["request"]?["url"]?.GetValue<string>() is { } url && !url.StartsWith("file:", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) => url,
            _ => null,
        };
        if (complaint is not null)
            _complaints.Add(complaint);
    }
}
