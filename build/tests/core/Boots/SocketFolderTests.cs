using SyscallBench.Boots;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

public sealed class SocketFolderTests : IDisposable
{
    private const int NoProcess = int.MaxValue;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Be_Refused_When_It_Is_There_Already()
    {
        using var first = new SocketFolder(_folder.Root, "name");

        Assert.Throws<UserError>(() => new SocketFolder(_folder.Root, "name"));
    }

    [Fact]
    public void Should_Be_This_Users_Alone_And_Gone_In_The_End()
    {
        using (new SocketFolder(_folder.Root, "name"))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path("name")));

        Assert.False(Directory.Exists(_folder.Path("name")));
    }

    [Fact]
    public void Should_Go_When_The_Process_That_Left_It_Is_Gone()
    {
        foreach (var name in new[] { $"syscallbench-{NoProcess}-abcd", $"syscallbench-{Environment.ProcessId}-abcd", "syscallbench-of-somebody", "another" })
            _folder.Write($"{name}/qmp", "");

        SocketFolder.RemoveLeftovers(_folder.Root);

        Assert.Equal(
            ["another", $"syscallbench-{Environment.ProcessId}-abcd", "syscallbench-of-somebody"],
            Directory.EnumerateDirectories(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
