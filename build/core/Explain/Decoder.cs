using Iced.Intel;

namespace SyscallBench.Explain;

/// <summary>Turns bytes into instructions as people read them, and knows which are expensive.</summary>
/// <param name="symbols">Names for the addresses that operands have.</param>
/// <param name="slide">How far the kernel moved itself: what its absolute operands have more than their names.</param>
public sealed class InstructionDecoder(Symbols symbols, ulong slide)
{
    private readonly StringOutput _output = new();
    private readonly GasFormatter _formatter = new(new Names(symbols, slide))
    {
        Options = { UppercaseHex = false, SmallHexNumbersInDecimal = true, ShowBranchSize = false, RipRelativeAddresses = true },
    };

    /// <param name="code">The instruction's bytes, and perhaps more.</param>
    /// <param name="address">Where it was executed, which relative operands count from.</param>
    public static Instruction Decode(byte[] code, ulong address) => Iced.Intel.Decoder.Create(64, code, address).Decode();

    /// <summary>Mnemonic and operands as objdump writes them, with names in the place of addresses.</summary>
    public string TextOf(in Instruction instruction)
    {
        _formatter.Format(instruction, _output);
        return _output.ToStringAndReset();
    }

    /// <summary>Why it costs far more than one ordinary instruction; null where it does not.</summary>
    public static string? NoteOf(in Instruction instruction) => instruction.Mnemonic switch
    {
        Mnemonic.Mov when instruction.Op0Register == Register.CR3 => "writes CR3: switches page tables",
        Mnemonic.Wrmsr => "writes a model-specific register",
        Mnemonic.Verw => "VERW: clears CPU buffers where the microcode does so",
        Mnemonic.Lfence => "LFENCE: waits for every instruction before it",
        Mnemonic.Swapgs => "SWAPGS",
        Mnemonic.Syscall => "SYSCALL: enters the kernel",
        Mnemonic.Sysretq or Mnemonic.Sysret => "SYSRET: leaves the kernel",
        Mnemonic.Iretq or Mnemonic.Iretd => "IRET: leaves the kernel, and waits for everything before it",
        Mnemonic.Rdtsc or Mnemonic.Rdtscp => "reads the clock",
        Mnemonic.Cpuid => "CPUID: waits for everything before it; a hypervisor takes over",
        Mnemonic.Xsave or Mnemonic.Xsavec or Mnemonic.Xsaveopt or Mnemonic.Xsaves or Mnemonic.Fxsave or Mnemonic.Fxsave64
            or Mnemonic.Xsave64 or Mnemonic.Xsavec64 or Mnemonic.Xsaveopt64 or Mnemonic.Xsaves64 => "saves the vector registers",
        Mnemonic.Xrstor or Mnemonic.Xrstors or Mnemonic.Fxrstor or Mnemonic.Fxrstor64 or Mnemonic.Xrstor64 or Mnemonic.Xrstors64 => "restores the vector registers",
        Mnemonic.Div or Mnemonic.Idiv => "division",
        // Not RET: it is predicted well unless a mitigation sees to it that it is not.
        _ => instruction.FlowControl is FlowControl.IndirectBranch or FlowControl.IndirectCall ? "indirect branch" : null,
    };

    private sealed class Names(Symbols symbols, ulong slide) : ISymbolResolver
    {
        // Kernels are linked into the last 2 GiB, where 32 bits reach everything.
        private const ulong KernelImage = 0xffff_ffff_8000_0000;
        private const ulong LargestObject = 0x10_0000;

        public bool TryGetSymbol(in Instruction instruction, int operand, int instructionOperand, ulong address, int addressSize, out SymbolResult symbol)
        {
            symbol = default;
            if (Linked(instruction, address) is not { } linked || symbols.At(linked) is not { } known)
                return false;
            var offset = linked - known.Address;
            if (offset > LargestObject)
                return false;
            symbol = new SymbolResult(address, offset == 0 ? known.Name : FormattableString.Invariant($"{known.Name}+0x{offset:x}"));
            return true;
        }

        /// <summary>The address that a name was linked to; null for what is only a number.</summary>
        private ulong? Linked(in Instruction instruction, ulong address)
        {
            if (address >= KernelImage)
                return address - slide;
            var branches = instruction.FlowControl is not (FlowControl.Next or FlowControl.IndirectBranch or FlowControl.IndirectCall);

            // Variables of this CPU are linked from zero, and the segment finds them.
            return branches || instruction.IsIPRelativeMemoryOperand || instruction.MemorySegment == Register.GS ? address : null;
        }
    }
}
