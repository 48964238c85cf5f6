using System.Net.Sockets;
using System.Net;

namespace SyscallBench.Sources;

/// <summary>Finds out within seconds whether a host can be reached: libgit2 and a silent firewall would wait for minutes.</summary>
public static class NetworkProbe
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>Why the host cannot be reached; null when it answers.</summary>
    /// <param name="configured">A proxy that somebody configured for it: <c>http://proxy:3128</c>, or <c>proxy:3128</c>; null for the environment's.</param>
    public static async Task<string?> WhyUnreachableAsync(string host, int port, string? configured, CancellationToken cancellation)
    {
        (host, port) = ThroughProxy(host, port, configured);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            // Name resolution itself takes no notice of a token.
            var addresses = await Dns.GetHostAddressesAsync(host, patience.Token).WaitAsync(patience.Token);
            using var client = new TcpClient();
            await client.ConnectAsync(addresses, port, patience.Token);
            return null;
        }
        catch (SocketException refused)
        {
            return $"{host}: {refused.Message}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{host} does not answer within {_patience.TotalSeconds:0} s";
        }
    }

    private static (string Host, int Port) ThroughProxy(string host, int port, string? configured)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            var text = configured.Contains("://", StringComparison.Ordinal) ? configured : "http://" + configured;
            if (Uri.TryCreate(text, UriKind.Absolute, out var known))
                return (known.Host, known.Port > 0 ? known.Port : 1080);
        }

        var target = new UriBuilder(Uri.UriSchemeHttps, host, port).Uri;
        return HttpClient.DefaultProxy.GetProxy(target) is { } proxy && proxy != target ? (proxy.Host, proxy.Port) : (host, port);
    }
}

/// <summary>A source cannot be had from here and now: a platform that needs it is not measured, with this as its reason.</summary>
public sealed class UnreachableError(string message) : UserError(message);
