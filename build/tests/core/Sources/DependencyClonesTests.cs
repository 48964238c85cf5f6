using SyscallBench.Sources;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Sources;

public sealed class DependencyClonesTests : IDisposable
{
    private static readonly Dictionary<string, string> _files = new() { ["Makefile"] = "all:\n", ["src/main.c"] = "int main;\n" };

    private readonly TemporaryWorkspace _workspace = new();
    private readonly GitCommand _git = new();
    private readonly string _mirror;
    private readonly GitPin[] _pins;

    public DependencyClonesTests()
    {
        _mirror = Path.Combine(_workspace.Root, "mirror");
        _pins = [.. new[] { "kernel", "loader" }.Select(name => new GitPin("owner", name, _git.CreateBare(MirrorOf(name), _files)))];
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Should_Clone_Each_Repository_At_Its_Commit_And_Then_Find_Nothing_To_Do()
    {
        var first = await CloneAsync(_mirror);
        var second = await CloneAsync(_mirror);

        Assert.All(first, clone => Assert.True(clone is { Cloned: true, LocallyChanged: false }));
        Assert.All(first, clone => Assert.Equal(clone.Pin.Commit, _git.HeadCommit(clone.Folder)));
        Assert.All(second, clone => Assert.False(clone.Cloned));
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Workspace.Temporary));
    }

    [Fact]
    public async Task Should_Tell_How_Many_Bytes_Came_When_A_Repository_Is_Cloned()
    {
        const int size = 3_000_000;
        // Base64 of random bytes: what no pack makes much smaller.
        var noise = Convert.ToBase64String(Bytes(size));
        var pin = new GitPin("owner", "big", _git.CreateBare(MirrorOf("big"), new Dictionary<string, string> { ["noise"] = noise }));
        var told = new List<long>();

        await new DependencyClones(_workspace.Workspace, _git, [pin]) { OnBytes = told.Add }
            .RunAsync(_mirror, onClone: null, TestContext.Current.CancellationToken);

        Assert.Equal(told.Order(), told);
        Assert.InRange(told[^1], size, size * 1.1);
    }

    [Fact]
    public async Task Should_Go_On_With_What_Is_Missing_When_A_Run_Was_Interrupted()
    {
        await CloneAsync(_mirror);
        Directory.Delete(_pins[1].CloneIn(_workspace.Workspace), recursive: true);
        var kept = _workspace.Write("artifacts/clones/kernel/.git/kept", "");

        var clones = await CloneAsync(_mirror);

        Assert.Equal([false, true], clones.Select(clone => clone.Cloned));
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public async Task Should_Name_Both_Commits_And_The_Remedy_When_A_Clone_Is_Elsewhere()
    {
        await CloneAsync(_mirror);
        var pinned = _pins[0] with { Commit = new string('a', 40) };

        var error = await Assert.ThrowsAsync<UserError>(() => CloneAsync(_mirror, pinned));

        Assert.All((string[])[_pins[0].Commit, pinned.Commit, pinned.CloneIn(_workspace.Workspace)], fact => Assert.Contains(fact, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Say_So_When_A_Clone_Has_Local_Changes()
    {
        await CloneAsync(_mirror);
        _workspace.Write("artifacts/clones/loader/src/main.c", "int changed;\n");

        var clones = await CloneAsync(_mirror);

        Assert.Equal([false, true], clones.Select(clone => clone.LocallyChanged));
    }

    [Fact]
    public async Task Should_Leave_No_Clone_When_The_Commit_Is_Not_There()
    {
        var absent = _pins[0] with { Commit = new string('a', 40) };

        var error = await Assert.ThrowsAsync<UserError>(() => CloneAsync(_mirror, absent));

        Assert.Contains(absent.Commit, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(absent.CloneIn(_workspace.Workspace)));
    }

    [Fact]
    public async Task Should_Name_The_Directory_When_The_Mirror_Does_Not_Exist()
    {
        var error = await Assert.ThrowsAsync<UsageError>(() => CloneAsync("/no/such/mirror"));

        Assert.StartsWith("--mirror=/no/such/mirror: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Name_The_Repository_When_The_Mirror_Lacks_It()
    {
        Directory.Delete(MirrorOf("loader"), recursive: true);

        var error = await Assert.ThrowsAsync<UserError>(() => CloneAsync(_mirror));

        Assert.Contains(MirrorOf("loader"), error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_pins[0].CloneIn(_workspace.Workspace)));
    }

    [Theory]
    [InlineData("https://no-such-host.invalid/mirror")]
    [InlineData("http://127.0.0.1:9/mirror")]
    public async Task Should_Name_The_Host_And_The_Remedy_When_It_Cannot_Be_Reached(string mirror)
    {
        var error = await Assert.ThrowsAsync<UnreachableError>(() => CloneAsync(mirror));

        Assert.Contains(new Uri(mirror).Host, error.Message, StringComparison.Ordinal);
        Assert.Contains("--mirror", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Should_Not_Blame_The_Mirror_When_The_Disk_Is_Full()
    {
        var full = new FakeGit { OnClone = _ => throw new UserError("failed to write chunk footer: No space left on device") };

        var error = await Assert.ThrowsAsync<UserError>(() => new DependencyClones(_workspace.Workspace, full, _pins)
            .RunAsync(_mirror, onClone: null, TestContext.Current.CancellationToken));

        Assert.EndsWith("No space left on device", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Ask_The_Proxy_That_Gits_Configuration_Names()
    {
        var git = new GitCommand { RouteOf = address => new GitRoute(address, address.StartsWith("https://no-such-host.invalid/", StringComparison.Ordinal) ? "http://127.0.0.1:9" : null) };

        var error = await Assert.ThrowsAsync<UnreachableError>(() => new DependencyClones(_workspace.Workspace, git, _pins)
            .RunAsync("https://no-such-host.invalid/mirror", onClone: null, TestContext.Current.CancellationToken));

        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Not_Ask_The_Host_That_Gits_Configuration_Leads_Away_From()
    {
        var git = new GitCommand { RouteOf = _ => new GitRoute("git@127.0.0.1:mirror", Proxy: null) };

        var error = await Assert.ThrowsAsync<UnreachableError>(() => new DependencyClones(_workspace.Workspace, git, _pins)
            .RunAsync("https://no-such-host.invalid/mirror", onClone: null, TestContext.Current.CancellationToken));

        Assert.DoesNotContain("no-such-host.invalid: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Not_Remove_The_Folder_That_A_Cancelled_Clone_Still_Writes_To()
    {
        using var cancellation = new CancellationTokenSource();
        using var written = new ManualResetEventSlim();
        string? missed = null;
        var git = new FakeGit
        {
            OnClone = folder =>
            {
                Directory.CreateDirectory(folder);
                cancellation.Cancel();
                written.Wait(TestContext.Current.CancellationToken);
                missed = Directory.Exists(folder) ? "" : folder;
                written.Reset();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DependencyClones(_workspace.Workspace, git, _pins)
            .RunAsync(_mirror, onClone: null, cancellation.Token));
        written.Set();

        Assert.True(await Eventually.HoldsAsync(() => missed is not null));
        Assert.Equal("", missed);
        Assert.False(Directory.Exists(_pins[0].CloneIn(_workspace.Workspace)));
    }

    private sealed class FakeGit : IGitClient
    {
        public required Action<string> OnClone { get; init; }

        public void Clone(string address, string folder) => OnClone(folder);

        public void Checkout(string folder, string commit)
        {
        }

        public string? HeadCommit(string folder) => null;

        public bool HasLocalChanges(string folder) => false;

        public GitRoute Route(string address) => new(address, Proxy: null);
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private string MirrorOf(string repository) => Path.Combine(_mirror, "owner", repository + ".git");

    private Task<IReadOnlyList<CloneResult>> CloneAsync(string mirror, params GitPin[] pins)
        => new DependencyClones(_workspace.Workspace, _git, pins is [] ? _pins : pins)
            .RunAsync(mirror, onClone: null, TestContext.Current.CancellationToken);
}
