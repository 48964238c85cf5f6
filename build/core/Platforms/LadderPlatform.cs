using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>A Linux platform with some of its mitigations switched off, one by one.</summary>
/// <param name="basis">The platform with all of them on.</param>
/// <param name="name">Names its boots.</param>
public sealed class LadderPlatform(LinuxPlatform basis, string name, IReadOnlyList<MitigationSwitch> off) : LinuxPlatform(Mitigations.None)
{
    // In the table's order, so that a set of switches is one setting whatever order led to it.
    private readonly IReadOnlyList<string> _words = [.. MitigationSwitch.All.Where(off.Contains).Select(each => each.Words!)];

    public override string Name => name;

    public override string System => basis.Label;

    public override string Variant => $"without {string.Join(", ", off.Select(each => each.File))}";

    public override string Summary => $"{basis.Label} with {string.Join(' ', _words)}";

    public override string? ScallNote => basis.ScallNote;

    protected override Image Kernel => basis.Images[0];

    protected override string MitigationsArgument => string.Join(' ', ["auto", .. _words]);

    public override BenchmarkArguments ArgumentsOf(BenchmarkArguments asked) => basis.ArgumentsOf(asked);

    /// <summary>Between all on and all off only the command line can be judged; what the guest made of it is the ladder's result.</summary>
    public override string? WhyFailed(int exitCode, BootLog log) => base.WhyFailed(exitCode, log)
        ?? (_words.FirstOrDefault(words => !log.States.GetValueOrDefault("cmdline", "").Contains(words, StringComparison.Ordinal)) is { } missing
            ? $"{missing} is missing in /proc/cmdline"
            : null);
}
