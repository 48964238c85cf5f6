using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>
/// What disturbed boots and was seen from the outside: the scheduler took the measuring thread off its CPU, or a hypervisor below this machine took
/// the CPU. Where the program itself could know in which rounds, it marked them (bench-src/PROTOCOL.md); where it could not, who reads the numbers is
/// told.
/// </summary>
internal static class SchedulerFindings
{
    private const string Unknown = "in which rounds the guest cannot know, and none is marked";

    /// <summary>The boots of one platform. Instruction counts do not see the scheduler.</summary>
    public static IReadOnlyList<Finding> Of(Platform platform, IReadOnlyCollection<BootRecord> boots)
    {
        var findings = new List<Finding>();
        if (boots.Count == 0 || boots.First().Unit != Unit.Cycles)
            return findings;
        Add(
            facts => facts.InvoluntarySwitches,
            "its thread was taken off its CPU",
            ("time", "times"),
            boots.All(boot => boot.Seen.HasFlag(platform.Sees)) ? Marked(platform) : Unknown,
            "stop other work on this machine, or isolate a CPU for it (isolcpus= on the kernel's command line)");
        Add(
            facts => facts.StealTicks,
            "a hypervisor below this machine gave its CPUs to somebody else",
            ("tick of 10 ms", "ticks of 10 ms"),
            Unknown,
            "measure on a machine that is not shared");
        findings.AddRange(boots.Select(boot => boot.Pinning).OfType<Pinning>().Where(pinning => pinning.Cpu is null).Select(pinning => pinning.Sentence).Distinct()
            .Select(sentence => new Finding(Severity.Warning, platform.Name, sentence)));
        return findings;

        void Add(Func<BootFacts, long?> fact, string what, (string One, string Many) unit, string where, string remedy)
        {
            var hit = boots.Select(boot => (boot.Boot, Count: fact(boot.Facts) ?? 0)).Where(boot => boot.Count > 0).ToList();
            if (hit.Count == 0)
                return;
            var sum = hit.Sum(boot => boot.Count);
            var worst = hit.MaxBy(boot => boot.Count);
            var times = $"{sum} {(sum == 1 ? unit.One : unit.Many)}, most often in boot {worst.Boot} ({worst.Count})";
            findings.Add(new Finding(Severity.Warning, platform.Name, $"{what} in {hit.Count} of {boots.Count} boots, {times}; {where}", remedy));
        }
    }

    private static string Marked(Platform platform) => platform.Sees == Disturbance.ContextSwitch
        ? "the rounds that this came into are marked"
        : "rounds are marked where the guest's kernel saw 10 ms stolen";
}
