using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public sealed class TscSpanTests
{
    [Fact]
    public void Should_Give_A_Frequency_That_A_Processor_Could_Have()
    {
        using var span = TscSpan.Start();
        Assert.SkipWhen(span is null, "the TSC cannot be read here");
        Thread.Sleep(20);

        var khz = span.Khz();

        Assert.InRange(khz!.Value, 100_000, 10_000_000);
    }
}
