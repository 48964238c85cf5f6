using Iced.Intel;
using SyscallBench.Results;

namespace SyscallBench.Explain;

/// <summary>An instruction with the function that it stands in, and where it was linked to.</summary>
public sealed record NamedInstruction(string Function, ulong Address, Instruction Decoded);

/// <summary>Gives a trace its names.</summary>
public static class PathBuilder
{
    private const string LinuxEntry = "entry_SYSCALL_64";

    // Where a kernel that was built to be moved may go: CONFIG_PHYSICAL_ALIGN, and the 1 GiB that KASLR has.
    private const ulong Alignment = 0x20_0000;
    private const ulong FarthestSlide = 0x4000_0000;

    /// <param name="cpu">QEMU's CPU model.</param>
    /// <param name="hashes">SHA-256 of what was booted, by the image's name.</param>
    /// <param name="symbols">The names of its kernel.</param>
    /// <exception cref="UserError">The names are those of another kernel.</exception>
    public static ExplainedPath Build(
        string platform, string cpu, string syscall, IReadOnlyDictionary<string, string> hashes, Trace trace, Symbols symbols)
    {
        var slide = SlideOf(trace, symbols);
        var path = trace.Instructions.Select((each, index) =>
        {
            var (decoded, linked) = (InstructionDecoder.Decode(each.Code, each.Address), each.Address - slide);
            return index == 0 ? new NamedInstruction(TracedGuest.Program, trace.Offset, decoded) : new(symbols.At(linked)?.Name ?? "?", linked, decoded);
        }).ToList();
        CheckCalls(path, symbols);

        var decoder = new InstructionDecoder(symbols, slide);
        List<ExplainedStep> steps =
        [
            .. path.Zip(CategoryRules.Of(path), (each, category) => new ExplainedStep(
                each.Function, category, FormattableString.Invariant($"{each.Address:x}"), decoder.TextOf(each.Decoded), InstructionDecoder.NoteOf(each.Decoded))),
        ];
        return new ExplainedPath
        {
            Platform = platform,
            // A name made of what decides the path.
            Setting = $"tcg-{cpu}-{Sha256.Of(string.Join(' ', hashes.Values))[..8]}",
            Cpu = cpu,
            Hashes = hashes,
            Call = Call.Scall,
            Syscall = syscall,
            Total = steps.Count,
            Symbols = symbols.Source,
            Functions =
            [
                .. steps.GroupBy(step => (step.Function, step.Category), (key, group) => new ExplainedFunction(key.Function, group.Count(), key.Category)),
            ],
            Steps = steps,
        };
    }

    // How far the kernel moved itself from where it was linked.
    private static ulong SlideOf(Trace trace, Symbols symbols)
    {
        var slide = symbols.Find(LinuxEntry) is { } entry ? trace.Entry - entry : 0;
        return slide % Alignment == 0 && slide < FarthestSlide && symbols.At(trace.Entry - slide)?.Address == trace.Entry - slide
            ? slide
            : throw Strangers(symbols, FormattableString.Invariant($"the CPU enters the kernel at {trace.Entry:x}, where they have no function"));
    }

    // The entry of another build may lie at the same place by chance; its functions do not.
    private static void CheckCalls(List<NamedInstruction> path, Symbols symbols)
    {
        var targets = path.Zip(path.Skip(1))
            .Where(pair => pair.First.Decoded.FlowControl == FlowControl.Call && pair.First.Function != pair.Second.Function)
            .Select(pair => pair.Second.Address)
            .ToList();
        var astray = targets.Count(target => symbols.At(target)?.Address != target);
        if (astray * 2 > targets.Count)
            throw Strangers(symbols, $"{astray} of {targets.Count} calls lead into the middle of a function");
    }

    private static UserError Strangers(Symbols symbols, string seen) =>
        new($"the symbols of {symbols.Source} are another kernel's: {seen}; build it again, or put its own symbols there");
}
