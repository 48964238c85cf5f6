using SyscallBench.Boots;

namespace SyscallBench.Tests.Boots;

public sealed class SocketFolderTests
{
    private const int NoProcess = int.MaxValue;

    [Fact]
    public void Should_Be_This_Users_Alone_And_Gone_In_The_End()
    {
        string folder;
        using (var sockets = new SocketFolder())
        {
            folder = Path.GetDirectoryName(sockets.Path("qmp"))!;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Should_Go_When_The_Process_That_Left_It_Is_Gone()
    {
        using var sockets = new SocketFolder();
        var mine = Path.GetDirectoryName(sockets.Path("qmp"))!;
        var (left, other) = ($"{Path.GetDirectoryName(mine)}/syscallbench-{NoProcess}-abcd", $"{Path.GetDirectoryName(mine)}/syscallbench-of-somebody-{Guid.NewGuid():n}");
        foreach (var folder in new[] { left, other })
            Directory.CreateDirectory(Path.Combine(folder, "within"));

        SocketFolder.RemoveLeftovers();

        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(mine));
        Assert.True(Directory.Exists(other));
        Directory.Delete(other, recursive: true);
    }
}
