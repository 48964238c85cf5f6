using SyscallBench.Build.Tests.Hosting;

namespace SyscallBench.Build.Tests.Terminal;

/// <summary>However a task ends, the terminal's line is empty afterwards.</summary>
public sealed class SessionTerminalTests : IDisposable
{
    private const string Erase = "\r\u001b[K";

    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("LongAndWrong")]
    [InlineData("LongAndChatty")]
    public void Should_Leave_An_Empty_Line(string target)
    {
        _fixture.Run(target);

        Assert.Equal($"{Erase}compiling: 1 of 4 (25 %), 0 s{Erase}", _fixture.Terminal);
    }
}
