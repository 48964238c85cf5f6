using SyscallBench.Consoles;
using SyscallBench.Fidelity;

namespace SyscallBench.Tests.Fidelity;

public sealed class InstructionCountTests
{
    [Fact]
    public void Should_Leave_Out_The_Rounds_That_A_Timer_Tick_Hit()
    {
        var count = InstructionCount.Of(Read("linux.log"));

        Assert.NotNull(count);
        Assert.Equal((19, 20), (count.CleanRounds, count.Rounds));
        Assert.Equal(3, count.Raw - count.Net);
    }

    [Fact]
    public void Should_Be_Nothing_When_A_Tick_Hit_Every_Round() => Assert.Null(InstructionCount.Of(Read("linux-stock-verbose.log")));

    [Fact]
    public void Should_Be_The_Median_Of_The_Clean_Rounds()
    {
        Sample[] samples =
        [
            new(0, 0, 1000, 5, 3005, 344_005, 0),
            new(0, 1, 1000, 5, 3005, 346_005, 0),
            new(0, 2, 1000, 5, 3005, 999_005, 0) { ScallDisturbed = Disturbance.Interrupt },
            new(0, 3, 1000, 5, 9005, 344_005, 0) { EmptyDisturbed = Disturbance.Interrupt },
        ];

        Assert.Equal(new InstructionCount(345, 342, 2, 4), InstructionCount.Of(samples));
    }

    private static IReadOnlyCollection<Sample> Read(string name) => ConsoleReader.Read(Captured.PathOf(name), name, 0).Samples;
}
