using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public class OsReleaseTests
{
    [Fact]
    public void Should_Find_The_Pretty_Name_When_Text_Comes_From_A_Machine()
    {
        var name = OsRelease.PrettyName(CapturedMachine.EpycVm.Read("/etc/os-release")!);

        Assert.Equal("Debian GNU/Linux 12 (bookworm)", name);
    }

    [Theory]
    [InlineData("NAME=Alpine", "Alpine")]
    [InlineData("PRETTY_NAME='It is $5'", "It is $5")]
    [InlineData("PRETTY_NAME=\"A \\\"B\\\" \\$C\"", "A \"B\" $C")]
    [InlineData("#PRETTY_NAME=no\nPRETTY_NAME=\"\"\n", "")]
    [InlineData("nothing here", null)]
    public void Should_Take_Quotes_Away_When_There_Are_Any(string text, string? expected)
    {
        Assert.Equal(expected, OsRelease.PrettyName(text));
    }
}
