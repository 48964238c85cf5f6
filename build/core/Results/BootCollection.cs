using SyscallBench.Consoles;
using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>The boots of one platform as they are parsed: which count, and what they have in common.</summary>
internal sealed class BootCollection(string platform, Func<BootLog, string?> refuse)
{
    private readonly List<RejectedBoot> _rejected = [];
    private readonly List<Finding> _findings = [];
    private BootLog? _first;
    private int _boots;
    private long _samples;
    private bool _interruptsInvisible;
    private Disturbance _seen;

    /// <returns>Whether the boot counts.</returns>
    public bool Add(BootLog boot)
    {
        _findings.AddRange(boot.Findings);
        if (boot.Failure is { } failure)
        {
            _rejected.Add(new RejectedBoot(boot.Boot, failure));
            return false;
        }

        if (Unlike(boot) is { } reason)
        {
            _findings.Add(new Finding(
                Severity.Error,
                $"{platform} boot {boot.Boot}",
                $"the boot is left out: {reason}",
                $"see {boot.Source}; repeat the boot by deleting it"));
            _rejected.Add(new RejectedBoot(boot.Boot, reason));
            return false;
        }

        _first ??= boot;
        _seen = _boots++ == 0 ? boot.Seen : _seen & boot.Seen;
        _samples += boot.Rounds;
        _interruptsInvisible |= boot.InterruptsInvisible;
        return true;
    }

    public PlatformFacts ToFacts() => new()
    {
        Platform = platform,
        Boots = _boots,
        Samples = _samples,
        RejectedBoots = _rejected,
        Begin = _first?.Begin,
        Cpu = _first?.Cpu,
        Clock = _first?.Clock,
        States = _first?.States ?? new Dictionary<string, string>(),
        InterruptsInvisible = _interruptsInvisible,
        Seen = _seen,
        Findings = _findings,
    };

    // Boots of different parameters or on different CPUs are different experiments.
    private string? Unlike(BootLog boot)
    {
        if (_first is { } first && (boot.Begin != first.Begin || boot.IsArtifactFormat != first.IsArtifactFormat))
        {
            return $"its parameters ({Describe(boot.Begin)}) are not those of boot {first.Boot} ({Describe(first.Begin)})";
        }

        return _first?.Cpu is { } cpu && boot.Cpu is { } other && cpu != other
            ? $"its CPU ({other.Model}, {other.Family}) is not that of boot {_first.Boot} ({cpu.Model}, {cpu.Family})"
            : refuse(boot);
    }

    private static string Describe(BeginRecord? begin) => begin is null
        ? "the artifact's format"
        : $"{begin.Rounds} rounds of {begin.Iterations} calls of {begin.SystemCall}, warm-up {begin.Warmup}";
}
