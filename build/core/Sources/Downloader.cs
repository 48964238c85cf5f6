using System.Net;
using System.Net.Http.Headers;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>Downloads a file: goes on from a part that is there, and where the content is known accepts nothing but the right hash.</summary>
public sealed class Downloader(HttpClient http)
{
    // How long the server may say nothing before it is given up.
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(30);

    /// <summary>Told how many bytes of the file are there, those from before included, and of how many; null where the server does not say.</summary>
    public Action<long, long?>? OnBytes { get; init; }

    /// <returns>Absolute path of the whole file.</returns>
    /// <exception cref="UserError">The server cannot be reached or gives another file.</exception>
    public async Task<string> GetAsync(DownloadPin pin, string folder, Action<string>? say, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, pin.FileName);
        if (File.Exists(file))
        {
            if (pin.Sha256 is null || FileHasher.Of(file) == pin.Sha256)
                return file;
            say?.Invoke($"{file} is not what {pin.Address} has: downloading it again");
            File.Delete(file);
        }

        if (await NetworkProbe.WhyUnreachableAsync(pin.Address.Host, pin.Address.Port, configured: null, cancellation) is { } why)
            throw new UnreachableError($"cannot download {pin.FileName}: {why}; {Remedy(file)}");

        var part = file + ".part";
        try
        {
            Directory.CreateDirectory(folder);
            await FetchAsync(pin, part, say, cancellation);
            Check(pin, part);
            File.Move(part, file);
            return file;
        }
        catch (HttpRequestException error)
        {
            throw new UnreachableError($"cannot download {pin.Address}: {error.Message}; {Remedy(file)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UnreachableError($"cannot download {pin.Address}: nothing came for {_silence.TotalSeconds:0} s; run again, it goes on from there");
        }
        catch (Exception error) when (DiskError.Is(error))
        {
            throw DiskError.Explain(error, part);
        }
    }

    private async Task FetchAsync(DownloadPin pin, string part, Action<string>? say, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(_silence);
        var have = File.Exists(part) ? new FileInfo(part).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, pin.Address);
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        if (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
            return;
        response.EnsureSuccessStatusCode();

        // A server that does not know ranges starts from the beginning.
        var goesOn = response.StatusCode is HttpStatusCode.PartialContent;
        var length = response.Content.Headers.ContentLength;
        say?.Invoke($"downloading {pin.Address}{(length is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ({length / 1e6:0} MB{(goesOn ? " left" : "")})"))}");
        await using var to = new FileStream(part, goesOn ? FileMode.Append : FileMode.Create);
        await using var from = await response.Content.ReadAsStreamAsync(silence.Token);
        var buffer = new byte[1 << 17];
        var done = goesOn ? have : 0;
        var total = length + done;
        while (await from.ReadAsync(buffer, silence.Token) is > 0 and var read)
        {
            silence.CancelAfter(_silence);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            OnBytes?.Invoke(done += read, total);
        }
    }

    private static void Check(DownloadPin pin, string part)
    {
        var sha256 = FileHasher.Of(part);
        if (pin.Sha256 is null || sha256 == pin.Sha256)
            return;
        File.Delete(part);
        throw new UserError($"{pin.Address} has SHA-256 {sha256}, not {pin.Sha256}; it was thrown away, run again");
    }

    private static string Remedy(string file) => $"put the file at {file} by other means, or use another --kernel";
}
