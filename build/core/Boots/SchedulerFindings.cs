using System.Globalization;
using SyscallBench.Model;
using SyscallBench.Platforms;

namespace SyscallBench.Boots;

/// <summary>
/// What spoilt boots and was seen from the outside: the scheduler took the measuring thread off its CPU, or a hypervisor below this machine took the
/// CPU. Where the program itself could know in which rounds, it marked them (bench-src/PROTOCOL.md); where it could not, who reads the numbers is told.
/// </summary>
public static class SchedulerFindings
{
    private const string Unknown = "in which rounds the guest cannot know, and none is marked";

    private static readonly string _process = new HostPlatform().Name;

    /// <summary>The boots of a run that count clock ticks. Instruction counts do not see the scheduler.</summary>
    public static IReadOnlyList<Finding> Of(RunRecord run, BootStore store) =>
    [
        .. run.Platforms.Where(platform => platform.Unit == Unit.Cycles).SelectMany(platform =>
            Of(platform.Platform, [.. platform.Boots.Select(boot => store.Find(platform.Platform, boot)).OfType<BootRecord>()])),
    ];

    /// <summary>The boots of one platform.</summary>
    public static IReadOnlyList<Finding> Of(string platform, IReadOnlyList<BootRecord> boots)
    {
        var findings = new List<Finding>();
        Add(
            BootFacts.InvoluntarySwitches,
            "its thread was taken off its CPU",
            "times",
            boots.All(boot => boot.Seen.HasFlag(Knowing(platform))) ? Marked(platform) : Unknown,
            "stop other work on this machine, or isolate a CPU for it (isolcpus= on the kernel's command line)");
        Add(
            BootFacts.StealTicks,
            "a hypervisor below this machine gave its CPUs to somebody else",
            "ticks of 10 ms",
            Unknown,
            "measure on a machine that is not shared");
        findings.AddRange(boots.Select(boot => boot.Pinning).Where(sentence => sentence.StartsWith("vCPU not pinned", StringComparison.Ordinal)).Distinct()
            .Select(sentence => new Finding(Severity.Warning, platform, sentence)));
        return findings;

        void Add(string fact, string what, string unit, string where, string remedy)
        {
            var hit = boots.Select(boot => (boot.Boot, Count: Value(boot, fact))).Where(boot => boot.Count > 0).ToList();
            if (hit.Count == 0)
                return;
            var worst = hit.MaxBy(boot => boot.Count);
            var seen = string.Create(
                CultureInfo.InvariantCulture,
                $"{what} in {hit.Count} of {boots.Count} boots, {hit.Sum(boot => boot.Count)} {unit}, most often in boot {worst.Boot} ({worst.Count}); {where}");
            findings.Add(new Finding(Severity.Warning, platform, seen, remedy));
        }
    }

    // A process is told of its own context switches. A guest's kernel sees those of its vCPU as stolen time, where the hypervisor tells it.
    private static Disturbance Knowing(string platform) => platform == _process ? Disturbance.ContextSwitch : Disturbance.Steal;

    private static string Marked(string platform) => platform == _process
        ? "the rounds that this came into are marked"
        : "rounds are marked where the guest's kernel saw 10 ms stolen";

    private static long Value(BootRecord boot, string fact) =>
        long.TryParse(boot.Facts.GetValueOrDefault(fact), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
