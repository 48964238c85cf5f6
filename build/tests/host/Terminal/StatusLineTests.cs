using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Tests.Terminal;

public sealed class StatusLineTests : IDisposable
{
    private const string Erase = "\r\u001b[K";

    private readonly StringWriter _terminal = new(CultureInfo.InvariantCulture);
    private readonly StatusLine _status;

    public StatusLineTests() => _status = new StatusLine(_terminal, () => 10);

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void Should_Write_Over_And_Leave_An_Empty_Line()
    {
        _status.Show("one");
        _status.Show("two");
        _status.Clear();
        _status.Clear();

        Assert.Equal($"{Erase}one{Erase}two{Erase}", _terminal.ToString());
    }

    [Fact]
    public void Should_Cut_Off_What_Would_Wrap()
    {
        _status.Show("0123456789abc");

        Assert.Equal(Erase + "012345678", _terminal.ToString());
    }

    [Fact]
    public void Should_Show_Nothing_More_When_Interrupted()
    {
        _status.Show("one");
        _status.Close();
        _status.Show("two");
        _status.Clear();

        Assert.Equal($"{Erase}one{Erase}", _terminal.ToString());
    }

    [Fact]
    public void Should_Write_Nothing_When_It_Is_No_Terminal()
    {
        var status = new StatusLine(null, () => 80);

        status.Show("one");
        status.Close();

        Assert.False(status.IsAnimated);
    }
}
