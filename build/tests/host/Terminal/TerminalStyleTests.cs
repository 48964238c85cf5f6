using System.Text.RegularExpressions;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Tests.Terminal;

public sealed class TerminalStyleTests
{
    private static readonly TerminalStyle Coloured = new(true, true, false);

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
        var style = Style(wish, "normal", isTerminal, term, ci, noColor);

        Assert.Equal((expected, expected), (style.ColourOutput, style.ColourErrors));
    }

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
        Assert.Equal(expected, Style("auto", verbosity, isTerminal, term, ci, null).Animate);

    [Fact]
    public void Should_Decide_For_Each_Stream_By_Itself()
    {
        var style = TerminalStyle.For("auto", "normal", outputIsTerminal: false, errorsAreTerminal: true, name => name == "TERM" ? "xterm" : null);

        Assert.Equal("error: x", style.Output("error: x"));
        Assert.Equal("\u001b[1;31merror\u001b[0m: x", style.Errors("error: x"));
    }

    [Theory]
    [InlineData("== Run", "[1]== Run[0]")]
    [InlineData("warning: cpu: turbo is on", "[1;33]warning[0]: cpu: turbo is on")]
    [InlineData("mitigations error    off", "mitigations [1;31]error[0]    off")]
    [InlineData("second      ok", "second      [32]ok[0]")]
    [InlineData("cycles of guests under KVM  not fit (1 error)", "cycles of guests under KVM  [1;31]not fit[0] (1 error)")]
    [InlineData("instructions under TCG  fit with care (1 warning)", "instructions under TCG  [1;33]fit with care[0] (1 warning)")]
    [InlineData("linux  scall  253  slower: regression", "linux  scall  253  [1;31]slower: regression[0]")]
    [InlineData("regression beyond +2 %: linux scall", "[1;31]regression[0] beyond +2 %: linux scall")]
    [InlineData("2 rows same, 0 faster, 0 slower", "2 rows same, 0 faster, 0 slower")]
    [InlineData("  \"severity\": \"error\"", "  \"severity\": \"error\"")]
    public void Should_Colour_Headings_Severities_And_Verdicts_And_No_Other_Words(string line, string expected) =>
        Assert.Equal(expected, Regex.Replace(Coloured.Output(line), @"\u001b\[([0-9;]+)m", "[$1]"));

    private static TerminalStyle Style(string color, string verbosity, bool isTerminal, string? term, string? ci, string? noColor) =>
        TerminalStyle.For(color, verbosity, isTerminal, isTerminal, name => name switch { "TERM" => term, "CI" => ci, "NO_COLOR" => noColor, _ => null });
}
