using System.Net.Sockets;

namespace SyscallBench.Boots;

/// <summary>
/// A folder of this user's own with a short path, gone when disposed of: a Unix socket's path has at most 107 bytes (unix(7)), and a source tree
/// may lie deeper.
/// </summary>
public sealed class SocketFolder : IDisposable
{
    private const string Prefix = "syscallbench-";
    private const int LongestParent = 40;

    // Nobody else guesses the name, or finds it before the folder is there.
    private readonly string _folder = System.IO.Path.Combine(Parent, FormattableString.Invariant($"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():n}"));

    /// <exception cref="UserError">The folder cannot be made.</exception>
    public SocketFolder() =>
        DiskError.Guard(_folder, () => Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));

    private static string Parent => System.IO.Path.GetTempPath() is { Length: <= LongestParent } folder && IsOurs(folder) ? folder : "/tmp";

    // sudo -u may keep TMPDIR, and then the folder is another user's.
    private static bool IsOurs(string folder) => DiskError.Try(() => Directory.GetDirectories(folder, Prefix + "*")) is not null;

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Connects to a socket that a program makes while it starts: nothing tells when.</summary>
    public static async Task<NetworkStream> ConnectAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            await Task.Delay(5, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what runs left that were killed: folders of processes that are gone.</summary>
    public static void RemoveLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(Parent, Prefix + "*"))
        {
            var owner = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && process > 0 && !Directory.Exists($"/proc/{process}"))
            {
                // Another user's stays. A link to somewhere else is not followed: it is removed itself.
                DiskError.Ignore(() => Directory.Delete(folder, recursive: true));
            }
        }
    }
}
