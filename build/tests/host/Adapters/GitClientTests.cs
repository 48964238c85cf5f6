using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LibGit2Sharp;
using SyscallBench.Sources;

namespace SyscallBench.Build.Tests.Adapters;

/// <summary>The real program's clones, with a Git configuration of their own.</summary>
public sealed class GitClientTests : IDisposable
{
    private readonly ProgramFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Clone_Through_The_Proxy_That_Only_Git_Knows()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = FirstLineAsync(proxy);
        Configure($"[http]\n\tproxy = http://{proxy.LocalEndpoint}\n");

        var ended = await CloneDeps("--mirror=https://no-such-host.invalid/mirror");

        Assert.Equal(1, ended.ExitCode);
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.Equal("CONNECT no-such-host.invalid:443 HTTP/1.1", await asked);
    }

    [Fact]
    public async Task Should_End_While_Git_Still_Waits_And_Have_The_Next_Run_Remove_The_Folder_When_Interrupted()
    {
        using var checkout = new CheckoutFixture();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var first = checkout.Start("--target=CloneDeps", "--exclusive", $"--mirror=git://{silent.LocalEndpoint}");
        // The second to connect is Git; the first only looks whether somebody is there.
        using var probe = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var git = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        await Process.Start("/bin/sh", ["-c", FormattableString.Invariant($"kill -TERM {first.Id}")]).WaitForExitAsync(TestContext.Current.CancellationToken);
        var ended = await CheckoutFixture.End(first);
        var left = Directory.GetDirectories(new Workspace(checkout.Root).Temporary);
        foreach (var pin in Pins.Unikraft.Repositories)
            checkout.Write($"{pin.Owner}/{pin.Repository}.git/no-repository", "");
        await checkout.Run("--target=CloneDeps", "--exclusive", $"--mirror={checkout.Root}");

        Assert.Equal(130, ended.ExitCode);
        Assert.Single(left);
        Assert.Empty(Directory.GetDirectories(new Workspace(checkout.Root).Temporary));
    }

    [Fact]
    public async Task Should_Name_What_Makes_A_Clone_Of_Another_Owner_Trusted()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a folder away");
        // Below the caches of whoever runs the program, since make knows no path with spaces.
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var clone = _fixture.Path("home", Path.GetRelativePath(user, new Workspace(_fixture.Root).Clones), "unikraft");
        Repository.Init(clone);
        await Process.Start("chown", ["--recursive", "65534", clone]).WaitForExitAsync(TestContext.Current.CancellationToken);

        Configure(string.Empty);
        var distrusted = await CloneDeps();
        Configure("[safe]\n\tdirectory = *\n");
        var trusted = await CloneDeps();

        Assert.Equal((1, 1), (distrusted.ExitCode, trusted.ExitCode));
        Assert.Contains("safe.directory", Assert.Single(distrusted.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        // It has no commit, which is seen only now.
        Assert.Contains("is at commit none", Assert.Single(trusted.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Name_What_Makes_A_Mirror_Of_Another_Owner_Trusted()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a folder away");
        foreach (var repository in Pins.Unikraft.Repositories)
            Repository.Init(_fixture.Path("mirror", repository.Owner, repository.Repository + ".git"), isBare: true);
        await Process.Start("chown", ["--recursive", "65534", _fixture.Path("mirror")]).WaitForExitAsync(TestContext.Current.CancellationToken);
        Configure(string.Empty);

        var ended = await CloneDeps("--mirror=" + _fixture.Path("mirror"));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("safe.directory", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Clone_From_Where_Only_Git_Knows_That_It_Leads()
    {
        Configure($"[url \"file:///no/such/mirror/\"]\n\tinsteadOf = https://no-such-host.invalid/\n");

        var ended = await CloneDeps("--mirror=https://no-such-host.invalid/");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("/no/such/mirror/skuenzer/unikraft.git", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Name_The_File_When_Gits_Configuration_Cannot_Be_Read()
    {
        Configure("[http\n");

        var ended = await CloneDeps("--mirror=https://no-such-host.invalid/");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(".gitconfig", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("a bug", ended.Errors, StringComparison.Ordinal);
    }

    private void Configure(string text)
    {
        _fixture.Touch("home", ".gitconfig");
        File.WriteAllText(_fixture.Path("home", ".gitconfig"), text);
    }

    private Task<Ended> CloneDeps(params string[] args) =>
        _fixture.Run(new Dictionary<string, string> { ["HOME"] = _fixture.Path("home") }, ["--target=CloneDeps", "--exclusive", .. args]);

    // Whoever only connects is heard out, and everybody is refused.
    private static async Task<string> FirstLineAsync(TcpListener proxy)
    {
        while (true)
        {
            using var client = await proxy.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            using var reader = new StreamReader(client.GetStream());
            if (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is not { } line)
                continue;
            await client.GetStream().WriteAsync("HTTP/1.1 503 Not Now\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            return line;
        }
    }
}
