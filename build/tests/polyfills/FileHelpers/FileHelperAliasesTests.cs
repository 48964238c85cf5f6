using System.Text;
using Cake.FileHelpers;

namespace SyscallBench.Polyfills.Tests.FileHelpers;

public sealed class FileHelperAliasesTests : IDisposable
{
    private readonly ContextFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Should_Read_Back_What_Was_Written()
    {
        _fixture.Context.FileWriteText("a.txt", "eins\nzwei");
        _fixture.Context.FileAppendText("a.txt", "\ndrei");

        Assert.Equal("eins\nzwei\ndrei", _fixture.Context.FileReadText(_fixture.Path("a.txt")));
        Assert.Equal(["eins", "zwei", "drei"], _fixture.Context.FileReadLines("a.txt"));
    }

    [Fact]
    public void Should_Write_Lines_Without_A_Byte_Order_Mark()
    {
        _fixture.Context.FileWriteLines("a.txt", ["ü"]);
        _fixture.Context.FileAppendLines("a.txt", ["b"]);

        Assert.Equal(Encoding.UTF8.GetBytes($"ü{Environment.NewLine}b{Environment.NewLine}"), File.ReadAllBytes(_fixture.Path("a.txt")));
    }

    [Fact]
    public void Should_Replace_And_Name_Only_Files_That_Hold_The_Text()
    {
        _fixture.Context.FileWriteText("one.txt", "old and old");
        _fixture.Context.FileWriteText("two.txt", "other");

        var changed = _fixture.Context.ReplaceTextInFiles("*.txt", "old", "new");

        Assert.Equal("one.txt", Assert.Single(changed).GetFilename().FullPath);
        Assert.Equal("new and new", _fixture.Context.FileReadText("one.txt"));
        Assert.Equal("other", _fixture.Context.FileReadText("two.txt"));
    }
}
