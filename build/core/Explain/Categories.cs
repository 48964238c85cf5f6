using Iced.Intel;

namespace SyscallBench.Explain;

/// <summary>
/// Says what an instruction of a system call is there for. The rules are of three kinds: what an instruction is (SWAPGS enters or leaves wherever
/// it stands), a span of instructions inside a function (from reading CR3 to writing it), and the function's name. What no rule knows is
/// <see cref="Other"/>, and shown as that.
/// </summary>
public static class Categories
{
    public const string EntryAndExit = "entry and exit";
    public const string PageTables = "page tables";
    public const string Mitigations = "speculation mitigations";
    public const string Dispatch = "dispatch";
    public const string StackRandomisation = "stack randomisation";
    public const string Tracking = "context tracking and work flags";
    public const string DebugChecks = "debug checks";
    public const string Call = "the call itself";
    public const string Other = "other";

    /// <summary>All, in the order in which tables and figures show them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [EntryAndExit, PageTables, Mitigations, Dispatch, StackRandomisation, Tracking, DebugChecks, Call, Other];

    // By name, the first that fits; "*" stands for any ending or, in front, for any beginning. What the compiler appends (.isra.0) is cut off before.
    private static readonly (string Pattern, string Category)[] _functions =
    [
        // Linux: return thunks and retpolines, AMD's untraining of branch predictors, the division that leaves no data behind, the branch history.
        ("*_return_thunk", Mitigations), ("srso_*", Mitigations), ("retbleed_*", Mitigations), ("its_*", Mitigations), ("zen_untrain_ret", Mitigations),
        ("entry_untrain_ret", Mitigations), ("__x86_indirect_*", Mitigations), ("__x86_retpoline_*", Mitigations), ("amd_clear_divider", Mitigations),
        ("clear_bhb_loop", Mitigations), ("write_ibpb", Mitigations), ("entry_ibpb", Mitigations), ("x86_verw_*", Mitigations),

        // Linux: registers are saved, stacks and page tables switched; and back.
        ("entry_SYSCALL_64*", EntryAndExit), ("entry_SYSRETQ*", EntryAndExit), ("syscall_return_via_sysret", EntryAndExit),
        ("swapgs_restore_regs_and_return_to_usermode", EntryAndExit), ("common_interrupt_return", EntryAndExit),

        // Linux: the number is checked and its handler found.
        ("do_syscall_64", Dispatch), ("do_syscall_x64", Dispatch), ("x64_sys_call", Dispatch),

        // Linux: is there a tracer, a signal, another task to run; who accounts the time.
        ("syscall_enter_from_user_mode*", Tracking), ("syscall_exit_to_user_mode*", Tracking), ("exit_to_user_mode*", Tracking),
        ("enter_from_user_mode*", Tracking), ("arch_exit_to_user_mode*", Tracking), ("syscall_trace_enter*", Tracking), ("syscall_exit_work*", Tracking),
        ("context_tracking_*", Tracking), ("__context_tracking_*", Tracking), ("ct_*", Tracking), ("__ct_*", Tracking), ("switch_fpu_return", Tracking),

        // Linux, CONFIG_X86_DEBUG_FPU.
        ("fpregs_assert_state_consistent", DebugChecks),

        ("__do_sys_*", Call), ("__x64_sys_*", Call), ("__se_sys_*", Call), ("sys_*", Call), ("ksys_*", Call),

        // Unikraft.
        ("_ukplat_syscall", EntryAndExit), ("ukplat_syscall_handler", Dispatch), ("uk_syscall6_r*", Dispatch), ("uk_syscall_r_*", Call), ("uk_syscall_e_*", Call),

        // The floor guest, bench-src/floor/entry.S: compare, branch; what is left is the call.
        ("syscall_from_ring*", Call),

        // The benchmark's own loop: its SYSCALL.
        (PathBuilder.Program, EntryAndExit),
    ];

    /// <summary>The category of each instruction of a path.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<NamedInstruction> path)
    {
        var categories = path.Select(each => OfFunction(each.Function)).ToArray();

        // What nobody knows belongs to the call itself while a handler runs it; return thunks come in between.
        for (int index = 0, last = 0; index < path.Count; index++)
        {
            if (categories[index] == Other && categories[last] == Call)
                categories[index] = Call;
            if (categories[index] != Mitigations)
                last = index;
        }

        // Page tables: from reading CR3 to writing it.
        Mark(categories, path, PageTables, from: Reads(Register.CR3), to: Writes(Register.CR3), before: 0, longest: 24);

        // The kernel's stack starts elsewhere with each call (CONFIG_RANDOMIZE_KSTACK_OFFSET): on entry an offset is taken, two loads before the mask
        // of ten bits, and the stack aligned again; on exit the next one is made of the clock.
        Mark(categories, path, StackRandomisation, from: Is(Mnemonic.And, 0x3ff), to: Is(Mnemonic.And, 0xffff_ffff_ffff_fff0), before: 2, longest: 12);
        Mark(categories, path, StackRandomisation, from: Is(Mnemonic.Ror, 5), to: instruction => instruction.Op0Kind == OpKind.Memory, before: 2, longest: 12);

        for (var index = 0; index < path.Count; index++)
            categories[index] = OfInstruction(path[index]) ?? categories[index];
        return categories;
    }

    private static string OfFunction(string name)
    {
        var plain = name.Split('.')[0];
        foreach (var (pattern, category) in _functions)
        {
            var fits = pattern switch
            {
                ['*', .. var end] => plain.EndsWith(end, StringComparison.Ordinal),
                [.. var start, '*'] => plain.StartsWith(start, StringComparison.Ordinal),
                _ => plain == pattern,
            };
            if (fits)
                return category;
        }

        return Other;
    }

    private static string? OfInstruction(NamedInstruction instruction) => instruction.Decoded.Decoded.Mnemonic switch
    {
        Mnemonic.Syscall or Mnemonic.Sysretq or Mnemonic.Swapgs or Mnemonic.Iretq => EntryAndExit,
        Mnemonic.Verw or Mnemonic.Lfence or Mnemonic.Wrmsr => Mitigations,
        _ when !instruction.Function.StartsWith("syscall_from_ring", StringComparison.Ordinal) => null,
        Mnemonic.Cmp or Mnemonic.Jne => Dispatch,
        Mnemonic.Jmp => EntryAndExit,
        _ => null,
    };

    private static void Mark(
        string[] categories, IReadOnlyList<NamedInstruction> path, string category, Func<Instruction, bool> from, Func<Instruction, bool> to, int before, int longest)
    {
        for (var first = 0; first < path.Count; first++)
        {
            if (!from(path[first].Decoded.Decoded))
                continue;
            var last = first + 1;
            while (last < path.Count && last - first < longest && !to(path[last].Decoded.Decoded))
                last++;
            if (last < path.Count && to(path[last].Decoded.Decoded))
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
