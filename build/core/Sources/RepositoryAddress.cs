namespace SyscallBench.Sources;

/// <summary>Where repositories come from: GitHub, or a mirror of it laid out as <c>&lt;owner&gt;/&lt;repository&gt;.git</c>.</summary>
public sealed class RepositoryAddress
{
    private readonly string _base;

    /// <param name="mirror">A directory or a URL; null for GitHub.</param>
    /// <exception cref="UsageError">The directory does not exist.</exception>
    public RepositoryAddress(string? mirror)
    {
        IsMirror = mirror is not null;
        IsDirectory = mirror is not null && !mirror.Contains("://", StringComparison.Ordinal);
        if (IsDirectory && !Directory.Exists(mirror))
            throw new UsageError($"--mirror={mirror}: no such directory; it has to hold <owner>/<repository>.git, for example skuenzer/unikraft.git");
        _base = IsDirectory ? Path.GetFullPath(mirror!) : (mirror ?? "https://github.com").TrimEnd('/');
        if (!IsDirectory && !Uri.TryCreate(_base, UriKind.Absolute, out _))
            throw new UsageError($"--mirror={mirror}: neither a directory nor a URL");
    }

    public bool IsMirror { get; }

    public bool IsDirectory { get; }

    /// <summary>The address to clone from.</summary>
    public string Of(GitPin pin) => $"{_base}/{pin.Owner}/{pin.Repository}.git";

    /// <summary>Host and port that has to answer before something can be cloned; null where nothing goes over the network.</summary>
    /// <param name="address">A URL, a path, or <c>user@host:path</c>.</param>
    public static (string Host, int Port)? EndpointOf(string address)
    {
        if (!address.Contains("://", StringComparison.Ordinal))
            return address.Split(':') is [var host, _, ..] && !host.Contains('/', StringComparison.Ordinal) ? (host[(host.IndexOf('@', StringComparison.Ordinal) + 1)..], WellKnownPort("ssh")) : null;
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && !url.IsFile ? (url.Host, url.Port > 0 ? url.Port : WellKnownPort(url.Scheme)) : null;
    }

    private static int WellKnownPort(string scheme) => scheme switch
    {
        "git" => 9418,
        "ssh" => 22,
        _ => 443,
    };
}
