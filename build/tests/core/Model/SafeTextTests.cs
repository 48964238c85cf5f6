namespace SyscallBench.Tests.Model;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Skylake-Client-v1 é 日本 \U0001F427", "Skylake-Client-v1 é 日本 \U0001F427")]
    [InlineData("a\nb\r\tc", @"a\nb\r\tc")]
    [InlineData("\e[2J\a\0", @"\x1b[2J\x07\x00")]
    [InlineData("\e]0;title\a\e]8;;http://x\e\\", @"\x1b]0;title\x07\x1b]8;;http://x\x1b\")]
    [InlineData("\u009b31m\u007f\u0085", @"\x9b31m\x7f\x85")]
    [InlineData("a\u202eb\u2066c\u200f", @"a\u202eb\u2066c\u200f")]
    [InlineData("a\u2028b\u2029c\ufeff", @"a\u2028b\u2029c\ufeff")]
    [InlineData("\U000e0041", @"\udb40\udc41")]
    public void Should_Keep_What_Can_Be_Shown_And_Escape_The_Rest(string text, string expected) => Assert.Equal(expected, SafeText.Escape(text));

    // An attribute cannot hold half of a pair.
    [Fact]
    public void Should_Escape_Half_A_Pair() => Assert.Equal(@"a\ud800b\udc00", SafeText.Escape("a\ud800b\udc00"));

    [Fact]
    public void Should_Be_Empty_When_There_Is_No_Text() => Assert.Equal("", SafeText.Escape(null));

    [Fact]
    public void Should_Cut_When_A_Text_Is_Long()
    {
        Assert.Equal("aaaa…", SafeText.Escape("aaaaaaaa", longest: 4));
        Assert.Equal("aaa…", SafeText.Escape("aaa\U0001F427", longest: 4));
        Assert.Equal(SafeText.DefaultLength + 1, SafeText.Escape(new string('x', 1_000_000)).Length);
    }
}
