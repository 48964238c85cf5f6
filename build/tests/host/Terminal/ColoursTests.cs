using SyscallBench.Build.Terminal;
using SyscallBench.Model;

namespace SyscallBench.Build.Tests.Terminal;

public sealed class ColoursTests
{
    [Theory]
    [InlineData("auto", true, "xterm", null, null, true)]
    [InlineData("auto", true, "xterm", "", "false", true)]
    [InlineData("auto", false, "xterm", null, null, false)]
    [InlineData("auto", true, "xterm", "1", null, false)]
    [InlineData("auto", true, "xterm", null, "true", false)]
    [InlineData("auto", true, "dumb", null, null, false)]
    [InlineData("auto", true, null, null, null, false)]
    [InlineData("always", false, null, "1", "true", true)]
    [InlineData("never", true, "xterm", null, null, false)]
    public void Should_Colour_Only_Where_Somebody_Looks_Or_Asked(string wish, bool isTerminal, string? term, string? noColor, string? ci, bool expected)
    {
        var surroundings = new Surroundings(name => name switch { "TERM" => term, "NO_COLOR" => noColor, "CI" => ci, _ => null });

        Assert.Equal(new Colours(expected, expected), Colours.For(wish, isTerminal, isTerminal, surroundings));
    }

    [Fact]
    public void Should_Decide_For_Each_Stream_By_Itself()
    {
        var colours = Colours.For("auto", outputIsTerminal: false, errorsAreTerminal: true, new Surroundings(name => name == "TERM" ? "xterm" : null));

        Assert.Equal("failed", colours.Output(Tone.Bad, "failed"));
        Assert.Equal("\u001b[1;31mfailed\u001b[0m", colours.Errors(Tone.Bad, "failed"));
    }

    [Fact]
    public void Should_Add_Nothing_To_What_Is_Plain() => Assert.Equal("same", new Colours(true, true).Output(Tone.Plain, "same"));
}
