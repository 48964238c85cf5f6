using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Ladder;

/// <summary>
/// What each mitigation adds to a system call. From all on they are switched off one after another, each step keeping what the steps before it switched off, down to all off; and
/// once more in the reverse order, since what a mitigation costs depends on which others are there.
/// </summary>
public sealed class MitigationLadder
{
    private readonly LinuxPlatform _off;
    private readonly Dictionary<string, LadderPlatform> _between = new(StringComparer.Ordinal);

    /// <param name="off">The same kernel with <c>mitigations=off</c>.</param>
    /// <param name="states">What the guest with all mitigations says, by name.</param>
    /// <param name="asked">Files in the order to switch off; null for all, in the table's order.</param>
    /// <exception cref="UsageError">A file is none of this kernel's, or has no switch.</exception>
    public MitigationLadder(LinuxPlatform on, LinuxPlatform off, IReadOnlyDictionary<string, string> states, IReadOnlyList<string>? asked)
    {
        (On, _off) = (on, off);
        var files = Provenance.Vulnerabilities(states);
        WithoutSwitch = [.. files.Keys.Where(file => MitigationSwitch.Find(file)?.Words is null).Order(StringComparer.Ordinal)];
        NotAffected = [.. files.Where(file => file.Value == "Not affected").Select(file => file.Key).Except(WithoutSwitch).Order(StringComparer.Ordinal)];
        if (asked?.FirstOrDefault(file => !files.ContainsKey(file) || WithoutSwitch.Contains(file)) is { } unknown)
        {
            throw new UsageError(files.ContainsKey(unknown)
                ? $"--switches: no word on the kernel's command line switches {unknown} off"
                : $"--switches: this kernel has no /sys/devices/system/cpu/vulnerabilities/{unknown}; it has {string.Join(", ", files.Keys.Order(StringComparer.Ordinal))}");
        }

        Switches = [.. (asked ?? MitigationSwitch.All.Select(each => each.File)).Where(file => files.ContainsKey(file)).Except(WithoutSwitch).Except(asked is null ? NotAffected : [])
            .Select(file => MitigationSwitch.Find(file)!)];
        Down = Chain(Switches);
        Up = Chain([.. Switches.Reverse()]);
        Alone = [.. Switches.Select(each => new LadderStep(each, on, Between([each])))];
    }

    public LinuxPlatform On { get; }

    public IReadOnlyList<MitigationSwitch> Switches { get; }

    /// <summary>Files of vulnerabilities that the guest's CPU does not have.</summary>
    public IReadOnlyList<string> NotAffected { get; }

    public IReadOnlyList<string> WithoutSwitch { get; }

    /// <summary>From all on to all off.</summary>
    public IReadOnlyList<LadderStep> Down { get; }

    /// <summary>The same in the reverse order.</summary>
    public IReadOnlyList<LadderStep> Up { get; }

    /// <summary>Each switch by itself, from all on.</summary>
    public IReadOnlyList<LadderStep> Alone { get; }

    /// <summary>Everything that has to be booted, each set of switches once.</summary>
    public IReadOnlyList<Platform> Platforms => [On, .. _between.Values, _off];

    /// <summary>What has to be traced to name the instructions of every step that has any.</summary>
    public IReadOnlyList<LinuxPlatform> Priced(ResultsDocument document) =>
        [.. Down.Concat(Up).Concat(Alone).Where(step => step.Cost(document) is not (null or 0)).SelectMany(step => (LinuxPlatform[])[step.Before, step.After]).Distinct()];

    // The last step takes away what no switch of the chain did.
    private IReadOnlyList<LadderStep> Chain(IReadOnlyList<MitigationSwitch> order)
    {
        LinuxPlatform[] stages = [On, .. order.Select((_, index) => Between([.. order.Take(index + 1)])), _off];
        return [.. order.Append<MitigationSwitch?>(null).Select((off, index) => new LadderStep(off, stages[index], stages[index + 1]))];
    }

    private LadderPlatform Between(IReadOnlyList<MitigationSwitch> off)
    {
        var key = string.Join(' ', MitigationSwitch.All.Where(off.Contains).Select(each => each.File));
        var name = off.Count == 1 ? $"{On.Name}-without-{off[0].File}" : FormattableString.Invariant($"{On.Name}-ladder-{_between.Count:00}");
        return _between.TryGetValue(key, out var known) ? known : _between[key] = new LadderPlatform(On, name, off);
    }
}

/// <summary>One mitigation less.</summary>
/// <param name="Switch">What was switched off; null for whatever was left, by <c>mitigations=off</c>.</param>
public sealed record LadderStep(MitigationSwitch? Switch, LinuxPlatform Before, LinuxPlatform After)
{
    public string Name => Switch?.File ?? "everything else";

    /// <summary>What the mitigation added to the call, net of the loop; null where a boot is missing.</summary>
    public double? Cost(ResultsDocument document) => Net(document, Before) - Net(document, After);

    /// <summary>Files that say something else than before, and what: <c>meltdown: Mitigation: PTI → Vulnerable</c>.</summary>
    public IReadOnlyList<string> Changes(ResultsDocument document)
    {
        var (before, after) = (StatesOf(Before), StatesOf(After));
        return after.Count == 0 ? [] :
        [
            .. before.Where(state => after.GetValueOrDefault(state.Key) != state.Value)
                .OrderBy(state => state.Key, StringComparer.Ordinal)
                .Select(state => $"{state.Key}: {SafeText.Escape(state.Value)} → {SafeText.Escape(after.GetValueOrDefault(state.Key, "gone"))}"),
        ];

        IReadOnlyDictionary<string, string> StatesOf(Platform platform) => Provenance.Vulnerabilities(document.Provenance.Guests.GetValueOrDefault(platform.Name));
    }

    /// <summary>The functions whose instructions went, or came; null where a path is missing.</summary>
    public ExplanationDiff? Functions(Explanation? explanation) =>
        explanation?.Find(Before.Name) is { } before && explanation.Find(After.Name) is { } after ? ExplanationDiff.Of(Before.Name, before, After.Name, after) : null;

    private static double? Net(ResultsDocument document, Platform platform) =>
        document.Rows.FirstOrDefault(row => row.Platform == platform.Name && row.Call == Call.Scall)?.Net?.Median;
}
