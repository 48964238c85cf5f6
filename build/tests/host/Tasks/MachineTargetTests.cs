using System.Text.Json;

namespace SyscallBench.Build.Tests.Tasks;

/// <summary>Doctor and Tune, as a user starts them.</summary>
public sealed class MachineTargetTests : IDisposable
{
    private readonly ProgramFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Print_Nothing_But_Json_When_Doctor_Is_Asked_For_It()
    {
        var ended = await _fixture.Run("--target=Doctor", "--json", "--accel=tcg");

        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal("syscall-bench/doctor/v1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(
            json.RootElement.GetProperty("grades").GetProperty("tcg").GetString() == "not-fit" ? 1 : 0,
            ended.ExitCode);
    }

    [Theory]
    [InlineData(new[] { "--target=Tune" }, "show")]
    [InlineData(new[] { "--target=Tune", "--tune=pin", "--sysfs=/a b" }, "pin --sysfs=/a b")]
    public async Task Should_Hand_The_Options_To_The_Script_When_Tuning(string[] arguments, string expected)
    {
        Script("echo \"$*\"");

        var ended = await _fixture.Run(arguments);

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Errors));
        Assert.Contains(expected, ended.Output.Split('\n'));
    }

    [Fact]
    public async Task Should_Fail_With_The_Reason_When_The_Script_Does()
    {
        Script("echo said why; exit 5");

        var ended = await _fixture.Run("--target=Tune", "--tune=restore");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("said why", ended.Output, StringComparison.Ordinal);
        Assert.StartsWith("error: restore: ", ended.Errors, StringComparison.Ordinal);
    }

    private void Script(string body)
    {
        _fixture.Touch("tools", "tune-cpu");
        File.WriteAllText(_fixture.Path("tools", "tune-cpu"), $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(_fixture.Path("tools", "tune-cpu"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
