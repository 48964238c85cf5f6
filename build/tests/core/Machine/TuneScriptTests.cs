using NSubstitute;
using SyscallBench.Machine;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Machine;

public class TuneScriptTests
{
    private readonly IProcessRunner _runner = Substitute.For<IProcessRunner>();

    [Fact]
    public async Task Should_Pass_Every_Option_When_There_Are_Any()
    {
        var processes = new FakeProcesses();

        await new TuneScript(processes, "tune-cpu").RunAsync("pin", "/a b", _ => { }, CancellationToken.None);
        await new TuneScript(processes, "tune-cpu").RunAsync("show", null, _ => { }, CancellationToken.None);

        Assert.Equal(["tune-cpu pin --sysfs=/a b", "tune-cpu show"], processes.Runs);
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

        var error = await Assert.ThrowsAsync<UserError>(() => RunAsync("pin"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("pin: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Be_A_Usage_Error_When_Script_Refuses_Its_Arguments()
    {
        _runner.RunAsync(default!, default).ReturnsForAnyArgs(new ProcessResult { Program = "tune-cpu", ExitCode = 2 });

        await Assert.ThrowsAsync<UsageError>(() => RunAsync("show"));
    }

    private Task RunAsync(string action) =>
        new TuneScript(_runner, "/tools/tune-cpu").RunAsync(action, null, _ => { }, CancellationToken.None);
}
