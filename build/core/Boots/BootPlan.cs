using MathNet.Numerics.Random;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>One boot of the plan.</summary>
/// <param name="Platform">What is booted.</param>
/// <param name="Boot">Boot of the platform, from 0.</param>
/// <param name="Order">Its place among all boots, from 0.</param>
public sealed record PlannedBoot(Platform Platform, int Boot, int Order)
{
    public override string ToString() => $"{Platform.Name} boot {Boot}";
}

/// <summary>
/// The order of the boots: blocks of one boot of each platform, each block in a random order of its own. A machine that drifts (heat, frequency,
/// other work) then hits all platforms alike, and the random order keeps one from always following the same other.
/// </summary>
public static class BootPlan
{
    /// <param name="platforms">What is measured.</param>
    /// <param name="runs">Boots of each.</param>
    /// <param name="seed">The same seed gives the same order, on every machine and with every version of .NET.</param>
    public static IReadOnlyList<PlannedBoot> Make(IReadOnlyList<Platform> platforms, int runs, ulong seed)
    {
        var random = new MersenneTwister(unchecked((int)(seed ^ (seed >> 32))));
        var plan = new List<PlannedBoot>();
        for (var boot = 0; boot < runs; boot++)
        {
            // Fisher and Yates.
            Platform[] block = [.. platforms];
            for (var last = block.Length - 1; last > 0; last--)
            {
                var other = random.Next(last + 1);
                (block[last], block[other]) = (block[other], block[last]);
            }

            foreach (var platform in block)
                plan.Add(new PlannedBoot(platform, boot, plan.Count));
        }

        return plan;
    }
}
