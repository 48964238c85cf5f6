using Iced.Intel;
using SyscallBench.Results;

namespace SyscallBench.Explain;

/// <summary>
/// Says what an instruction of a system call is there for. The rules are of three kinds: what an instruction is (SWAPGS enters or leaves wherever
/// it stands), a span of instructions inside a function (from reading CR3 to writing it), and the function's name. What no rule knows is
/// <see cref="Category.Other"/>, and shown as that.
/// </summary>
public static class CategoryRules
{
    // By name, the first that fits; "*" stands for any ending or, in front, for any beginning. What the compiler appends (.isra.0) is cut off before.
    private static readonly (Category Category, string[] Patterns)[] _functions =
    [
        // Linux: return thunks and retpolines, AMD's untraining of branch predictors, the division that leaves no data behind, the branch history.
        (Category.SpeculationMitigations,
        [
            "*_return_thunk", "srso_*", "retbleed_*", "its_*", "zen_untrain_ret", "entry_untrain_ret", "__x86_indirect_*", "__x86_retpoline_*", "amd_clear_divider",
            "clear_bhb_loop", "write_ibpb", "entry_ibpb", "x86_verw_*",
        ]),

        // Linux: registers are saved, stacks and page tables switched; and back. Unikraft. The benchmark's own loop: its SYSCALL.
        (Category.EntryAndExit,
        [
            "entry_SYSCALL_64*", "entry_SYSRETQ*", "syscall_return_via_sysret", "swapgs_restore_regs_and_return_to_usermode", "common_interrupt_return",
            "_ukplat_syscall", "ukarch_ectx_*", "ukarch_sysctx_*", "*base_cr4fsgsbase", TracedGuest.Program,
        ]),

        // The number is checked and its handler found.
        (Category.Dispatch, ["do_syscall_64", "do_syscall_x64", "x64_sys_call", "ukplat_syscall_handler", "uk_syscall6_r*"]),

        // Linux: is there a tracer, a signal, another task to run; who accounts the time.
        (Category.ContextTrackingAndWorkFlags,
        [
            "syscall_enter_from_user_mode*", "syscall_exit_to_user_mode*", "exit_to_user_mode*", "enter_from_user_mode*", "arch_exit_to_user_mode*",
            "syscall_trace_enter*", "syscall_exit_work*", "context_tracking_*", "__context_tracking_*", "ct_*", "__ct_*", "switch_fpu_return",
        ]),

        // Linux, CONFIG_X86_DEBUG_FPU.
        (Category.DebugChecks, ["fpregs_assert_state_consistent"]),

        // Handlers; of the floor guest (bench-src/floor/entry.S) what is left after compare and branch.
        (Category.TheCallItself, ["__do_sys_*", "__x64_sys_*", "__se_sys_*", "sys_*", "ksys_*", "uk_syscall_r_*", "uk_syscall_e_*", "syscall_from_ring*"]),
    ];

    /// <summary>The category of each instruction of a path.</summary>
    public static IReadOnlyList<Category> Of(List<NamedInstruction> path)
    {
        var categories = path.Select(each => OfFunction(each.Function)).ToArray();

        // What nobody knows belongs to the call itself while a handler runs it; return thunks come in between.
        for (int index = 0, last = 0; index < path.Count; index++)
        {
            if (categories[index] == Category.Other && categories[last] == Category.TheCallItself)
                categories[index] = Category.TheCallItself;
            if (categories[index] != Category.SpeculationMitigations)
                last = index;
        }

        // Page tables: from reading CR3 to writing it.
        Mark(categories, path, Category.PageTables, from: Reads(Register.CR3), to: Writes(Register.CR3), before: 0, longest: 24);

        // The kernel's stack starts elsewhere with each call (CONFIG_RANDOMIZE_KSTACK_OFFSET): on entry an offset is taken, two loads before the mask
        // of ten bits, and the stack aligned again; on exit the next one is made of the clock.
        Mark(categories, path, Category.StackRandomisation, from: Is(Mnemonic.And, 0x3ff), to: Is(Mnemonic.And, 0xffff_ffff_ffff_fff0), before: 2, longest: 12);
        Mark(categories, path, Category.StackRandomisation, from: Is(Mnemonic.Ror, 5), to: instruction => instruction.Op0Kind == OpKind.Memory, before: 2, longest: 12);

        for (var index = 0; index < path.Count; index++)
            categories[index] = OfInstruction(path[index]) ?? categories[index];
        return categories;
    }

    private static Category OfFunction(string name)
    {
        var plain = name.Split('.')[0];
        return _functions.Where(each => each.Patterns.Any(Fits)).Select(each => each.Category).DefaultIfEmpty(Category.Other).First();

        bool Fits(string pattern) => pattern switch
        {
            ['*', .. var end] => plain.EndsWith(end, StringComparison.Ordinal),
            [.. var start, '*'] => plain.StartsWith(start, StringComparison.Ordinal),
            _ => plain == pattern,
        };
    }

    private static Category? OfInstruction(NamedInstruction instruction) => instruction.Decoded.Mnemonic switch
    {
        Mnemonic.Syscall or Mnemonic.Sysretq or Mnemonic.Swapgs or Mnemonic.Iretq => Category.EntryAndExit,
        Mnemonic.Verw or Mnemonic.Lfence or Mnemonic.Wrmsr => Category.SpeculationMitigations,
        _ when !instruction.Function.StartsWith("syscall_from_ring", StringComparison.Ordinal) => null,
        Mnemonic.Cmp or Mnemonic.Jne => Category.Dispatch,
        Mnemonic.Jmp => Category.EntryAndExit,
        _ => null,
    };

    private static void Mark(
        Category[] categories, List<NamedInstruction> path, Category category, Func<Instruction, bool> from, Func<Instruction, bool> to, int before, int longest)
    {
        for (var first = 0; first < path.Count; first++)
        {
            var last = from(path[first].Decoded) ? path.FindIndex(first + 1, Math.Min(longest, path.Count - first - 1), each => to(each.Decoded)) : -1;
            if (last > first)
                Array.Fill(categories, category, Math.Max(0, first - before), last - Math.Max(0, first - before) + 1);
        }
    }

    private static Func<Instruction, bool> Reads(Register register) => instruction => instruction.Mnemonic == Mnemonic.Mov && instruction.Op1Register == register;

    private static Func<Instruction, bool> Writes(Register register) => instruction => instruction.Mnemonic == Mnemonic.Mov && instruction.Op0Register == register;

    private static Func<Instruction, bool> Is(Mnemonic mnemonic, ulong immediate) =>
        instruction => instruction.Mnemonic == mnemonic && instruction.OpCount == 2 && IsImmediate(instruction) && instruction.GetImmediate(1) == immediate;

    private static bool IsImmediate(in Instruction instruction) =>
        instruction.Op1Kind is OpKind.Immediate8 or OpKind.Immediate8to32 or OpKind.Immediate8to64 or OpKind.Immediate32 or OpKind.Immediate32to64;
}
