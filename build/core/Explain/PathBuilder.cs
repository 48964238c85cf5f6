using Iced.Intel;
using SyscallBench.Results;

namespace SyscallBench.Explain;

/// <summary>An instruction with the function that it stands in.</summary>
public sealed record NamedInstruction(string Function, ulong Address, DecodedInstruction Decoded);

/// <summary>What was traced.</summary>
/// <param name="Platform">The platform's name.</param>
/// <param name="Cpu">QEMU's CPU model.</param>
/// <param name="Syscall">Name of the system call.</param>
/// <param name="Hashes">SHA-256 of what was booted, by the image's name.</param>
public sealed record TracedCall(string Platform, string Cpu, string Syscall, IReadOnlyDictionary<string, string> Hashes)
{
    /// <summary>A name made of what decides the path.</summary>
    public string Setting => $"tcg-{Cpu}-{Sha256.Of(string.Join(' ', Hashes.Values))[..8]}";
}

/// <summary>Gives a trace its names.</summary>
public static class PathBuilder
{
    /// <summary>The benchmark's function that holds the timed loop of system calls.</summary>
    public const string Program = "time_scall";

    private const string LinuxEntry = "entry_SYSCALL_64";

    // Where a kernel that was built to be moved may go: CONFIG_PHYSICAL_ALIGN, and the 1 GiB that KASLR has.
    private const ulong Alignment = 0x20_0000;
    private const ulong FarthestSlide = 0x4000_0000;

    /// <param name="traced">What was traced.</param>
    /// <param name="trace">Its instructions.</param>
    /// <param name="symbols">The names of its kernel.</param>
    /// <exception cref="UserError">The names are those of another kernel.</exception>
    public static ExplainedPath Build(TracedCall traced, Trace trace, Symbols symbols)
    {
        var slide = SlideOf(trace, symbols);
        var decoder = new InstructionDecoder(symbols, slide);
        var path = trace.Instructions.Select((each, index) => index == 0
            ? new NamedInstruction(Program, trace.Offset, decoder.Decode(each.Code, each.Address))
            : Name(each)).ToList();
        CheckCalls(path, symbols);

        var categories = CategoryRules.Of(path);
        return new ExplainedPath
        {
            Platform = traced.Platform,
            Setting = traced.Setting,
            Cpu = traced.Cpu,
            Hashes = traced.Hashes,
            Call = Call.Scall,
            Syscall = traced.Syscall,
            Total = path.Count,
            Symbols = symbols.Source,
            Functions =
            [
                .. path.Zip(categories).GroupBy(each => (each.First.Function, each.Second))
                    .Select(group => new ExplainedFunction(group.Key.Function, group.Count(), group.Key.Second)),
            ],
            Steps =
            [
                .. path.Zip(categories).Select(each => new ExplainedStep(
                    each.First.Function,
                    each.Second,
                    each.First.Address.ToString("x", CultureInfo.InvariantCulture),
                    each.First.Decoded.Text,
                    each.First.Decoded.Note)),
            ],
        };

        NamedInstruction Name(TracedInstruction instruction)
        {
            var linked = instruction.Address - slide;
            return new NamedInstruction(symbols.At(linked)?.Name ?? "?", linked, decoder.Decode(instruction.Code, instruction.Address));
        }
    }

    /// <summary>How far the kernel moved itself from where it was linked.</summary>
    /// <exception cref="UserError">The place that the CPU entered the kernel at has another name.</exception>
    public static ulong SlideOf(Trace trace, Symbols symbols)
    {
        var slide = symbols.Find(LinuxEntry) is { } entry ? trace.Entry - entry : 0;
        return slide % Alignment == 0 && slide < FarthestSlide && symbols.At(trace.Entry - slide)?.Address == trace.Entry - slide
            ? slide
            : throw Strangers(symbols, string.Create(CultureInfo.InvariantCulture, $"the CPU enters the kernel at {trace.Entry:x}, where they have no function"));
    }

    // The entry of another build may lie at the same place by chance; its functions do not.
    private static void CheckCalls(List<NamedInstruction> path, Symbols symbols)
    {
        var targets = path.Zip(path.Skip(1))
            .Where(pair => pair.First.Decoded.Decoded.FlowControl == FlowControl.Call && pair.First.Function != pair.Second.Function)
            .Select(pair => pair.Second.Address)
            .ToList();
        var astray = targets.Count(target => symbols.At(target)?.Address != target);
        if (astray * 2 > targets.Count)
            throw Strangers(symbols, string.Create(CultureInfo.InvariantCulture, $"{astray} of {targets.Count} calls lead into the middle of a function"));
    }

    private static UserError Strangers(Symbols symbols, string seen) =>
        new($"the symbols of {symbols.Source} are another kernel's: {seen}; build it again, or put its own symbols there");
}
