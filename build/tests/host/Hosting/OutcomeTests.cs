using SyscallBench.Build.Hosting;
using SyscallBench.Build.Terminal;

namespace SyscallBench.Build.Tests.Hosting;

public sealed class OutcomeTests
{
    private readonly StringWriter _errors = new(CultureInfo.InvariantCulture);
    private readonly RunOutcome _outcome = new();

    [Fact]
    public void Should_Print_Nothing_And_Return_0_When_All_Went_Well()
    {
        Assert.Equal(0, Conclude(0));
        Assert.Empty(Printed);
    }

    [Fact]
    public void Should_Print_A_User_Error_As_Its_Message()
    {
        _outcome.FailedTask = "BuildKernel";
        _outcome.EngineMessage = "the engine's words";
        _outcome.Failure = new UserError("no such kernel");

        Assert.Equal(1, Conclude(-1));
        Assert.Equal("error: no such kernel", Printed);
    }

    [Fact]
    public void Should_Return_2_When_A_Task_Finds_Wrong_Usage()
    {
        _outcome.Failure = new AggregateException(new UsageError("no such baseline"));

        Assert.Equal(2, Conclude(-1));
        Assert.Equal("error: no such baseline", Printed);
    }

    [Fact]
    public void Should_Name_The_Task_When_The_Machine_Is_To_Blame()
    {
        _outcome.FailedTask = "BuildFses";
        _outcome.Failure = new IOException("No space left on device");

        Assert.Equal(1, Conclude(-1));
        Assert.Equal("error: BuildFses: No space left on device", Printed);
    }

    [Fact]
    public void Should_Say_That_It_Is_A_Bug_When_It_Is_One()
    {
        _outcome.FailedTask = "Parse";
        _outcome.Failure = new InvalidOperationException("line one\nline two");

        Assert.Equal(1, Conclude(-1));
        Assert.Equal("error: Parse: InvalidOperationException: line one line two (a bug; --verbosity=diagnostic shows where)", Printed);
    }

    [Fact]
    public void Should_Print_The_Engines_Words_When_There_Are_No_Others()
    {
        _outcome.EngineMessage = "The target 'X' was not found.";

        Assert.Equal(1, Conclude(-1));
        Assert.Equal("error: The target 'X' was not found.", Printed);
    }

    [Fact]
    public void Should_Add_The_Stack_Trace_When_Diagnostic()
    {
        _outcome.Failure = new UserError("short");

        _outcome.Conclude(-1, interrupted: false, diagnostic: true, _errors, new TerminalStyle(false, false, false));

        Assert.Contains("UserError: short", Printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Return_130_And_Add_Nothing_When_Interrupted()
    {
        _outcome.Failure = new OperationCanceledException();

        Assert.Equal(130, _outcome.Conclude(-1, interrupted: true, diagnostic: false, _errors, new TerminalStyle(false, false, false)));
        Assert.Empty(Printed);
    }

    private string Printed => _errors.ToString().TrimEnd();

    private int Conclude(int status) => _outcome.Conclude(status, interrupted: false, diagnostic: false, _errors, new TerminalStyle(false, false, false));
}
