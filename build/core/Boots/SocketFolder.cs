using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SyscallBench.Boots;

/// <summary>
/// A folder of this user's own with a short path, gone when disposed of: a Unix socket's path has at most 107 bytes (unix(7)), and a source tree
/// may lie deeper.
/// </summary>
public sealed partial class SocketFolder : IDisposable
{
    private const string Prefix = "syscallbench-";
    private const int LongestPath = 107;
    private const uint OnlyOurs = 0b111_000_000;

    private readonly string _folder;

    public SocketFolder()
        : this(Parent, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("n")[..8]}"))
    {
    }

    /// <exception cref="UserError">Something of that name is there already: whose it is nobody knows.</exception>
    internal SocketFolder(string parent, string name)
    {
        _folder = System.IO.Path.Combine(parent, name);
        if (MakeFolder(_folder, OnlyOurs) != 0)
            throw new UserError($"{_folder} cannot be made: {Marshal.GetLastPInvokeErrorMessage()}; remove it, or look at the rights of {parent}");
    }

    private static string Parent =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and < LongestPath - 50 } runtime && IsOurs(runtime) ? runtime : "/tmp";

    // sudo -u may keep the variable, and then the folder is another user's.
    private static bool IsOurs(string folder) => DiskError.Try(() => Directory.GetDirectories(folder, Prefix + "*")) is not null;

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Connects to a Unix socket of QEMU's, which it makes while it starts, and nothing tells when.</summary>
    public static async Task<Socket> ConnectAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
                await Task.Delay(5, cancellation).ConfigureAwait(false);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>Removes what runs left that were killed: folders of processes that are gone.</summary>
    public static void RemoveLeftovers() => RemoveLeftovers(Parent);

    internal static void RemoveLeftovers(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            var owner = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var process) || Directory.Exists($"/proc/{owner}") || process == 0)
                continue;
            // Another user's stays. A link to somewhere else is not followed: it is removed itself.
            DiskError.Ignore(() => Directory.Delete(folder, recursive: true));
        }
    }

    // .NET's own call succeeds where the folder is there already.
    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFolder(string path, uint mode);
}
