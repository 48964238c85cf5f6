using Cake.FileHelpers;

namespace SyscallBench.Polyfills.Tests.FileHelpers;

public sealed class FileHelperAliasesTests : IDisposable
{
    private readonly ContextFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Should_Write_A_File_Of_The_Working_Directory_Over_Another()
    {
        _fixture.Context.FileWriteText("a.txt", "longer than the next");

        _fixture.Context.FileWriteText("a.txt", "fünf\n");

        Assert.Equal("fünf\n"u8.ToArray(), File.ReadAllBytes(_fixture.Path("a.txt")));
        Assert.ThrowsAny<IOException>(() => _fixture.Context.FileWriteText("no/such.txt", "text"));
    }

    [Fact]
    public void Should_Read_A_File_Of_The_Working_Directory()
    {
        File.WriteAllText(_fixture.Path("a.txt"), "fünf\nsechs\n");

        Assert.Equal("fünf\nsechs\n", _fixture.Context.FileReadText("a.txt"));
        Assert.ThrowsAny<IOException>(() => _fixture.Context.FileReadText("b.txt"));
    }
}
