using System.Text.Json;

namespace SyscallBench.Build.Tests.Terminal;

/// <summary>The real program on a real terminal, and beside one.</summary>
public sealed class TerminalRunTests : IDisposable
{
    private const string Bold = "\u001b[1m";
    private const string Red = "\u001b[1;31m";

    private readonly ProgramFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Colour_On_A_Terminal()
    {
        var ended = await _fixture.RunOnTerminal([], "--target=Compare");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"{Bold}== Compare", ended.Output, StringComparison.Ordinal);
        Assert.Contains($"{Red}error", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NO_COLOR", "1", "auto")]
    [InlineData("CI", "true", "auto")]
    [InlineData("TERM", "xterm", "never")]
    public async Task Should_Not_Colour_On_A_Terminal_When_Told_Not_To(string variable, string value, string wish)
    {
        var ended = await _fixture.RunOnTerminal(new() { [variable] = value }, "--target=Compare", $"--color={wish}");

        Assert.Contains("error: Compare needs", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[1m", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[1;", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tree")]
    [InlineData("--description")]
    public async Task Should_Not_Colour_What_Cake_Prints_Either_When_Told_Not_To(string what)
    {
        var ended = await _fixture.RunOnTerminal([], what, "--color=never");

        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*[0-9]m", ended.Output);
    }

    [Fact]
    public async Task Should_Colour_A_Pipe_Only_When_Told_To()
    {
        var plain = await _fixture.Run("--target=Compare");
        var coloured = await _fixture.Run("--target=Compare", "--color=always");

        Assert.DoesNotContain('\u001b', plain.Output + plain.Errors);
        Assert.StartsWith($"{Bold}== Compare", coloured.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{Red}error", coloured.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Never_Colour_What_Programs_Read()
    {
        var ended = await _fixture.Run("--target=Doctor", "--json", "--accel=tcg", "--color=always");

        using var json = JsonDocument.Parse(ended.Output);
        Assert.DoesNotContain('\u001b', ended.Output);
    }
}
