using System.Text.RegularExpressions;

namespace SyscallBench.Platforms;

/// <summary>
/// A kernel as Debian built it, with the benchmark as its only program: <c>stock-6.12</c>, <c>stock-6.12-nomitig</c>. It has no noop, so <c>getppid</c> is called.
/// </summary>
/// <param name="release"><c>6.12</c> for the newest of a series, or <c>6.12.117</c>.</param>
public sealed partial class StockPlatform(string release, Mitigations mitigations) : LinuxPlatform(mitigations)
{
    public string Release => release;

    public override string Name => $"stock-{release}{(IsMitigated ? "" : "-nomitig")}";

    public override string System => $"Linux {release}";

    public override string Variant => IsMitigated ? "Debian's own" : "Debian's own, no mitigations";

    public override string Summary => $"Debian's own kernel as it is, mitigations {(IsMitigated ? "on" : "off")}";

    public override string ScallNote => "getppid; Debian's kernel has no noop";

    /// <summary>The image of the release, which both platforms of it boot.</summary>
    protected override Image Kernel => new($"stock-{release}", "FetchKernels");

    public static bool IsRelease(string text) => Find($"stock-{text}") is { IsMitigated: true };

    /// <summary>The platform of a name; null where it is none of these.</summary>
    public static StockPlatform? Find(string name) => NamePattern().Match(name) is { Success: true } match
        ? new StockPlatform(match.Groups[1].Value, match.Groups[2].Success ? Mitigations.Off : Mitigations.On)
        : null;

    public override BenchmarkArguments ArgumentsOf(BenchmarkArguments asked) =>
        asked.SystemCall is null ? asked with { SystemCall = Syscalls.GetParent, Expect = "any" } : asked;

    [GeneratedRegex(@"^stock-(\d+\.\d+(?:\.\d+)?)(-nomitig)?\z")]
    private static partial Regex NamePattern();
}
