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
    public void Should_Not_Read_The_File_Again_When_It_Settled_And_Size_And_Time_Are_Equal()
    {
        var path = _files.Write("abc", "abc");
        var settled = DateTime.UtcNow.AddMinutes(-1);
        File.SetLastWriteTimeUtc(path, settled);
        var first = new FileHasher(_cache);
        first.Hash(path);
        first.Save();

        File.WriteAllText(path, "xyz");
        File.SetLastWriteTimeUtc(path, settled);

        Assert.Equal(HashOfAbc, new FileHasher(_cache).Hash(path));
    }

    [Fact]
    public void Should_Hash_Anew_When_The_Cache_Is_Damaged()
    {
        File.WriteAllText(_cache, "{ not json");

        Assert.Equal(HashOfAbc, new FileHasher(_cache).Hash(_files.Write("abc", "abc")));
    }
}
