using static SyscallBench.Build.Tests.Options.ParserFixture;

namespace SyscallBench.Build.Tests.Options;

/// <summary>Wrong usage ends with one line that names what is wrong and what is valid.</summary>
public sealed class UsageErrorTests
{
    [Fact]
    public void Should_Name_Target_And_Valid_Ones_When_It_Is_Unknown() => Assert.Equal(
        "unknown target 'Rum' (did you mean Run?); valid: BuildKernel, Run, All, Clean, CloneDeps, Default",
        Refusal("--target=Rum"));

    [Fact]
    public void Should_Name_Option_And_Valid_Ones_When_It_Is_Unknown()
    {
        var message = Refusal("--rusn=3");

        Assert.StartsWith("unknown option --rusn (did you mean --runs?); valid: --accel, ", message, StringComparison.Ordinal);
        Assert.All(ParserFixture.Options, option => Assert.Contains("--" + option.Name, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--frobnicate")]
    [InlineData("-x")]
    public void Should_Guess_Nothing_When_No_Option_Is_Near(string argument) =>
        Assert.StartsWith($"unknown option {argument}; valid: ", Refusal(argument), StringComparison.Ordinal);

    [Theory]
    [InlineData("Clean", "unexpected argument 'Clean' (did you mean --target=Clean?)")]
    [InlineData("runs=3", "unexpected argument 'runs=3' (did you mean --runs=3?)")]
    [InlineData("whatever", "unexpected argument 'whatever'; ")]
    public void Should_Refuse_Bare_Words(string argument, string start) => Assert.StartsWith(start, Refusal(argument), StringComparison.Ordinal);

    [Theory]
    [InlineData("--runs")]
    [InlineData("--runs", "--strict")]
    public void Should_Ask_For_The_Value_When_It_Is_Missing(params string[] args) => Assert.Equal("--runs needs a value: --runs=N", Refusal(args));

    [Theory]
    [InlineData("--runs=abc", "--runs=abc: not a whole number from 1 to 1000")]
    [InlineData("--runs=0", "--runs=0: not a whole number from 1 to 1000")]
    [InlineData("--runs=1.5", "--runs=1.5: not a whole number from 1 to 1000")]
    [InlineData("--runs=-1", "--runs=-1: not a whole number from 1 to 1000")]
    [InlineData("--runs= 3", "--runs= 3: not a whole number from 1 to 1000")]
    [InlineData("--runs=99999999999999999999", "--runs=99999999999999999999: not a whole number from 1 to 1000")]
    [InlineData("--runs=", "--runs=: not a whole number from 1 to 1000")]
    [InlineData("--iters=1e6", "--iters=1e6: not a whole number from 1 to 1000000000")]
    [InlineData("--seed=-1", "--seed=-1: not a whole number from 0 to 2^64-1")]
    [InlineData("--deadline=soon", "--deadline=soon: not a number of seconds above 0, at most 86400")]
    [InlineData("--deadline=0", "--deadline=0: not a number of seconds above 0, at most 86400")]
    [InlineData("--threshold=2,5%", "--threshold=2,5%: not a share below 1, such as 2% or 0.02")]
    [InlineData("--threshold=100%", "--threshold=100%: not a share below 1, such as 2% or 0.02")]
    [InlineData("--accel=xen", "--accel=xen: not one of auto, kvm, tcg")]
    [InlineData("--setup=maybe", "--setup=maybe: not one of auto, never")]
    [InlineData("--verbosity=loud", "--verbosity=loud: not one of quiet, minimal, normal, verbose, diagnostic")]
    [InlineData("--cpu=max smap", "--cpu=max smap: not CPU models, each with its properties behind commas")]
    [InlineData("--save-baseline=../x", "--save-baseline=../x: not letters, digits and . _ + - only")]
    [InlineData("--kernel=", "--kernel=: not a path")]
    [InlineData("--strict=maybe", "--strict=maybe: not true or false")]
    [InlineData("--platforms=linux,xen", "--platforms=linux,xen: there is no platform xen; the platforms are floor-ring0, floor, unikraft, unikraft-0.17, linux-nomitig, linux, host, stock-<release>, stock-<release>-nomitig")]
    [InlineData("--stock=6.12,new", "--stock=6.12,new: not releases such as 6.12 or 6.12.117")]
    [InlineData("--stock=", "--stock=: not releases such as 6.12 or 6.12.117")]
    [InlineData("--platforms=", "--platforms=: names no platform; the platforms are floor-ring0, floor, unikraft, unikraft-0.17, linux-nomitig, linux, host, stock-<release>, stock-<release>-nomitig")]
    public void Should_Name_Option_Value_And_What_Is_Valid(string argument, string message) => Assert.Equal(message, Refusal(argument));

    [Fact]
    public void Should_Exit_With_2() => Assert.Equal(2, Assert.Throws<UsageError>(() => Parse("--nope")).ExitCode);
}
