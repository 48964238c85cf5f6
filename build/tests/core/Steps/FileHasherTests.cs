using System.Diagnostics;
using SyscallBench.Steps;

namespace SyscallBench.Tests.Steps;

public sealed class FileHasherTests : IDisposable
{
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly TemporaryWorkspace _files = new();
    private readonly string _cache;

    public FileHasherTests() => _cache = Path.Combine(_files.Root, "hashes.json");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Give_The_Known_Hash_Of_A_File()
    {
        Assert.Equal(HashOfAbc, new FileHasher(_cache).Hash(_files.Write("abc", "abc")));
    }

    [Fact]
    public void Should_See_A_Change_When_Size_And_Time_Are_Equal_And_The_File_Is_Young()
    {
        var path = _files.Write("abc", "xyz");
        var time = File.GetLastWriteTimeUtc(path);
        var hasher = new FileHasher(_cache);
        hasher.Hash(path);

        File.WriteAllText(path, "abc");
        File.SetLastWriteTimeUtc(path, time);

        Assert.Equal(HashOfAbc, hasher.Hash(path));
    }

    [Fact]
    public void Should_Not_Read_The_File_Again_When_Nothing_Touched_It()
    {
        var path = _files.Write("abc", "abc");
        Remember(path);
        File.WriteAllText(_cache, File.ReadAllText(_cache).Replace(HashOfAbc, "remembered", StringComparison.Ordinal));

        Assert.Equal("remembered", new FileHasher(_cache).Hash(path));
    }

    [Fact]
    public void Should_See_Other_Bytes_When_Size_And_Time_Of_Writing_Are_Put_Back()
    {
        var path = _files.Write("abc", "xyz");
        var time = File.GetLastWriteTimeUtc(path);
        Remember(path);

        File.WriteAllText(path, "abc");
        File.SetLastWriteTimeUtc(path, time);

        Assert.Equal(HashOfAbc, new FileHasher(_cache).Hash(path));
    }

    [Fact]
    public async Task Should_Refuse_A_Pipe_Instead_Of_Waiting_For_It()
    {
        var pipe = Path.Combine(_files.Root, "pipe");
        using (var make = Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Throws<UserError>(() => new FileHasher(_cache).Hash(pipe));
        Assert.Throws<UserError>(() => FileHasher.Of("/dev/zero"));
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("null")]
    [InlineData("{\"/abc\":null,\"/xyz\":{\"Sha256\":null}}")]
    public void Should_Hash_Anew_When_The_Cache_Is_Damaged(string damaged)
    {
        File.WriteAllText(_cache, damaged);

        Assert.Equal(HashOfAbc, new FileHasher(_cache).Hash(_files.Write("abc", "abc")));
    }

    [Fact]
    public void Should_Not_Mind_When_The_Hashes_Cannot_Be_Remembered()
    {
        var hasher = new FileHasher("/sys/kernel/hashes.json") { Settled = TimeSpan.MinValue };

        Assert.Equal(HashOfAbc, hasher.Hash(_files.Write("abc", "abc")));
        hasher.Save();
    }

    private void Remember(string path)
    {
        var hasher = new FileHasher(_cache) { Settled = TimeSpan.MinValue };
        hasher.Hash(path);
        hasher.Save();
    }
}
