using SyscallBench.Explain;
using SyscallBench.Results;

namespace SyscallBench.Tests.Explain;

/// <summary>Traces of Linux 6.1.192 with noop, captured with <see cref="TracedGuest"/>: a line for each instruction, its address and its bytes.</summary>
internal static class CapturedTrace
{
    public static string Map => Captured.PathOf("explain/System.map");

    public static Trace Of(string name)
    {
        var lines = File.ReadAllLines(Captured.PathOf($"explain/{name}.trace"));
        return new Trace(Hex(lines[0]), [.. lines.Skip(1).Select(line => line.Split(' ')).Select(parts => new TracedInstruction(Hex(parts[0]), Convert.FromHexString(parts[1])))]);
    }

    public static ExplainedPath Path(string name) => Path(name, Map);

    /// <summary>A path of the platform that the capture begins with: <c>linux-nomitig-epyc</c> is of linux-nomitig.</summary>
    public static ExplainedPath Path(string name, string map) => PathBuilder.Build(
        name[..name.LastIndexOf('-')],
        name.EndsWith("epyc", StringComparison.Ordinal) ? "EPYC-v1" : "Skylake-Client-v1",
        "noop",
        new Dictionary<string, string> { ["kernel"] = "k", ["initramfs"] = "i" },
        Of(name),
        Symbols.FromFile(map));

    private static ulong Hex(string text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
