using NSubstitute;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Tests.Machine;

public class TuneScriptTests
{
    private readonly IProcessRunner _runner = Substitute.For<IProcessRunner>();

    [Fact]
    public void Should_Pass_Every_Option_When_Request_Has_Them()
    {
        var arguments = TuneScript.Arguments(new TuneRequest(TuneAction.Pin) { Sysfs = "/a b" });

        Assert.Equal(["pin", "--sysfs=/a b"], arguments);
        Assert.Equal(["show"], TuneScript.Arguments(new TuneRequest(TuneAction.Show)));
    }

    [Theory]
    [InlineData(3, "no frequency control")]
    [InlineData(4, "--tune=restore")]
    [InlineData(5, "root")]
    [InlineData(6, "not everything")]
    [InlineData(1, "put back")]
    [InlineData(137, "--tune=restore")]
    public async Task Should_Say_What_The_Code_Means_When_Script_Fails(int code, string expected)
    {
        _runner.RunAsync(default!, default).ReturnsForAnyArgs(new ProcessResult { Program = "tune-cpu", ExitCode = code });

        var error = await Assert.ThrowsAsync<UserError>(() => RunAsync(TuneAction.Pin));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("pin: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Be_A_Usage_Error_When_Script_Refuses_Its_Arguments()
    {
        _runner.RunAsync(default!, default).ReturnsForAnyArgs(new ProcessResult { Program = "tune-cpu", ExitCode = 2 });

        await Assert.ThrowsAsync<UsageError>(() => RunAsync(TuneAction.Show));
    }

    [Fact]
    public void Should_Name_The_Valid_Actions_When_Action_Is_Unknown()
    {
        var error = Assert.Throws<UsageError>(() => TuneRequest.ParseAction("Pin"));

        Assert.Contains("show, pin and restore", error.Message, StringComparison.Ordinal);
        Assert.Equal(TuneAction.Restore, TuneRequest.ParseAction("restore"));
    }

    private Task RunAsync(TuneAction action) =>
        new TuneScript(_runner, "/tools/tune-cpu").RunAsync(new TuneRequest(action), _ => { }, CancellationToken.None);
}
