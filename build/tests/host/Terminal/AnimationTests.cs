using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Tests.Terminal;

public sealed class AnimationTests
{
    [Theory]
    [InlineData(true, "normal", "xterm", null, true)]
    [InlineData(true, "diagnostic", "screen-256color", "false", true)]
    [InlineData(false, "normal", "xterm", null, false)]
    [InlineData(true, "minimal", "xterm", null, false)]
    [InlineData(true, "quiet", "xterm", null, false)]
    [InlineData(true, "normal", "dumb", null, false)]
    [InlineData(true, "normal", null, null, false)]
    [InlineData(true, "normal", "xterm", "true", false)]
    public void Should_Write_Over_A_Line_Only_Where_Somebody_Looks(bool isTerminal, string verbosity, string? term, string? ci, bool expected) =>
        Assert.Equal(expected, new Animation(isTerminal, new Surroundings(name => name == "TERM" ? term : name == "CI" ? ci : null)).IsWanted(verbosity));
}
