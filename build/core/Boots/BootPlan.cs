using MathNet.Numerics;
using MathNet.Numerics.Random;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>What is booted in one setting: a platform, with one choice of everything that a run can vary.</summary>
/// <param name="Cpu">CPU model of the guest, as QEMU's <c>-cpu</c> takes it.</param>
public sealed record BootCase(Platform Platform, string Cpu, BenchmarkArguments Benchmark)
{
    /// <summary>The system call that was asked for; null for the platform's own.</summary>
    public SystemCall? Call { get; init; }

    /// <summary>Name of the kernel, where the platform boots one that is built here; null where a run has no names for them.</summary>
    public string? Kernel { get; init; }

    public IEnumerable<Image> Images => Platform.Images.Select(Of);

    /// <summary>Which of its name an image of the platform is.</summary>
    public Image Of(Image image) => image == Image.Kernel ? Image.KernelOf(Kernel) : image;
}

/// <param name="Boot">Boot of the case, from 0.</param>
/// <param name="Order">Its place in the plan, from 0.</param>
public sealed record PlannedBoot(BootCase Case, int Boot, int Order)
{
    public Platform Platform => Case.Platform;

    public override string ToString() => $"{Platform.Name} boot {Boot}";
}

/// <summary>
/// The order of the boots that are timed: blocks of one boot of each case, each block in a random order of its own. A machine that drifts (heat, frequency,
/// other work) then hits all cases alike, and the random order keeps one from always following the same other.
/// </summary>
public static class BootPlan
{
    /// <param name="runs">Boots of each case.</param>
    /// <param name="seed">The same seed gives the same order, on every machine and with every version of .NET.</param>
    public static IReadOnlyList<PlannedBoot> Make(IReadOnlyList<BootCase> cases, int runs, ulong seed)
    {
        var random = new MersenneTwister(unchecked((int)(seed ^ (seed >> 32))));
        var blocks = from boot in Enumerable.Range(0, runs)
                     from each in Shuffled()
                     select (Case: each, Boot: boot);
        return [.. blocks.Select((each, order) => new PlannedBoot(each.Case, each.Boot, order))];

        BootCase[] Shuffled()
        {
            BootCase[] block = [.. cases];
            Combinatorics.SelectPermutationInplace(block, random);
            return block;
        }
    }
}
