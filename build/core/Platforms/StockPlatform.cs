using System.Text.RegularExpressions;

namespace SyscallBench.Platforms;

/// <summary>
/// A kernel as Debian built it, with the benchmark as its only program: <c>stock-6.12</c>, <c>stock-6.12-nomitig</c>. It has no noop, so <c>getppid</c> is called.
/// </summary>
public sealed partial class StockPlatform : LinuxPlatform
{
    private const string Bare = "-nomitig";

    private StockPlatform(string release, Mitigations mitigations) => (Release, Mitigations) = (release, mitigations);

    /// <summary><c>6.12</c> for the newest of a series, or <c>6.12.117</c>.</summary>
    public string Release { get; }

    public override Mitigations Mitigations { get; }

    public override string Name => $"stock-{Release}{(Mitigations == Mitigations.Off ? Bare : "")}";

    public override string System => $"Linux {Release}";

    public override string Variant => Mitigations == Mitigations.Off ? "Debian's own, no mitigations" : "Debian's own";

    public override string Summary => $"Debian's own kernel as it is, mitigations {(Mitigations == Mitigations.Off ? "off" : "on")}";

    public override string ScallNote => "getppid; Debian's kernel has no noop";

    /// <summary>The image of the release, which both platforms of it boot.</summary>
    protected override Image Kernel => new($"stock-{Release}", "FetchKernels");

    protected override string MitigationsArgument => Mitigations == Mitigations.Off ? "off" : "auto";

    /// <param name="release">As <see cref="IsRelease"/> takes it.</param>
    /// <param name="mitigations">On or off.</param>
    public static StockPlatform Of(string release, Mitigations mitigations) => new(release, mitigations);

    /// <summary><c>6.12</c> or <c>6.12.117</c>.</summary>
    public static bool IsRelease(string text) => ReleasePattern().IsMatch(text);

    /// <summary>The platform of a name; null where it is none of these.</summary>
    public static StockPlatform? Find(string name) => NamePattern().Match(name) is { Success: true } match
        ? new StockPlatform(match.Groups[1].Value, match.Groups[2].Success ? Mitigations.Off : Mitigations.On)
        : null;

    public override BenchmarkArguments ArgumentsOf(BenchmarkArguments asked) =>
        asked.SystemCall is null ? asked with { SystemCall = Syscalls.GetParent, Expect = "any" } : asked;

    [GeneratedRegex(@"^\d+\.\d+(\.\d+)?\z")]
    private static partial Regex ReleasePattern();

    [GeneratedRegex(@"^stock-(\d+\.\d+(?:\.\d+)?)(-nomitig)?\z")]
    private static partial Regex NamePattern();
}
