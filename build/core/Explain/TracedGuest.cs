using ELFSharp.ELF;
using ELFSharp.ELF.Sections;
using SyscallBench.Boots;
using SyscallBench.Platforms;
using SyscallBench.Processes;

namespace SyscallBench.Explain;

/// <summary>One instruction as it was executed.</summary>
/// <param name="Address">Where it stood in the guest's memory.</param>
/// <param name="Code">The bytes there at that moment, up to 15: kernels patch themselves, so no file has them.</param>
public sealed record TracedInstruction(ulong Address, byte[] Code);

/// <summary>One system call, from the program's SYSCALL to the instruction before the one that it returns to.</summary>
/// <param name="Offset">Where the SYSCALL is in the program's file.</param>
/// <param name="Instructions">In the order of their execution, the SYSCALL first.</param>
public sealed record Trace(ulong Offset, IReadOnlyList<TracedInstruction> Instructions)
{
    public ulong Entry => Instructions.Count > 1 ? Instructions[1].Address : 0;
}

/// <summary>
/// A guest under TCG whose benchmark is in its loop of system calls, stopped and stepped through QEMU's gdb server. Ended when disposed of.
/// </summary>
public sealed class TracedGuest : IAsyncDisposable
{
    /// <summary>A path that is longer is given up.</summary>
    public const int LongestPath = 1_000_000;

    /// <summary>The benchmark's function that holds the timed loop of system calls.</summary>
    public const string Program = "time_scall";

    // So many that the guest is there to be stopped, and that a stop lands in the loop of system calls with near certainty, on Linux; elsewhere it
    // takes a few attempts.
    private const int Rounds = 10_000;
    private const int Iterations = 20_000;

    // A guest that runs another program, or loads it at no page boundary, is given up after about ten seconds.
    private const int MostStops = 200;

    // A loop that turns more often than this without a system call is another one.
    private const int Turns = 64;
    private const int PageMask = 0xfff;
    private const int LongestInstruction = 15;
    private const int SyscallBytes = 2;

    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(20);

    private readonly SocketFolder _folder = new();
    private readonly Dictionary<ulong, byte[]> _code = [];
    private readonly ulong _offset;
    private ChildProcess? _child;
    private GdbClient? _gdb;
    private ulong _start;

    private TracedGuest(ulong offset) => _offset = offset;

    private ChildProcess Child => _child ?? throw new InvalidOperationException("the guest is not started yet");

    private GdbClient Gdb => _gdb ?? throw new InvalidOperationException("the guest is not stopped yet");

    /// <summary>Boots a guest and stops it right before a system call that has been made many times already.</summary>
    /// <param name="settings">How; the accelerator, the number of calls and the console are set here.</param>
    /// <param name="benchmark">The benchmark's ELF.</param>
    /// <param name="deadline">After this the guest is ended, whatever it does.</param>
    /// <exception cref="UserError">The guest ended, or never made the call.</exception>
    public static async Task<TracedGuest> StartAsync(
        ProcessRunner processes, GuestPlatform platform, GuestSettings settings, string benchmark, TimeSpan deadline, CancellationToken cancellation)
    {
        var guest = new TracedGuest(OffsetOfCall(benchmark));
        try
        {
            await guest.BootAsync(processes, platform, settings, deadline, cancellation);
            return guest;
        }
        catch
        {
            await guest.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next call, once two in a row were the same: one in many has the scheduler's work in it.</summary>
    /// <exception cref="UserError">No two calls in a row are the same, or the path is too long.</exception>
    public Task<Trace> TraceAsync(int longest, CancellationToken cancellation) => TalkAsync(async () =>
    {
        const int Attempts = 8;
        var last = await TraceOnceAsync(longest, cancellation);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var next = await TraceOnceAsync(longest, cancellation);
            if (next.Select(each => each.Address).SequenceEqual(last.Select(each => each.Address)))
                return new Trace(_offset, next);
            last = next;
        }

        throw new UserError($"no two calls of {Attempts} took the same path, so none can be explained");
    });

    /// <summary>The names that the kernel keeps of its own functions; null where it keeps none.</summary>
    public Task<Symbols?> ReadSymbolsAsync(Trace trace, CancellationToken cancellation) => TalkAsync(async () =>
    {
        // In the middle of a call the kernel's own page tables are in use.
        await StepToAsync(_start, LongestPath, cancellation);
        for (var step = 0; step < trace.Instructions.Count / 2; step++)
            await Gdb.StepAsync(cancellation);
        return await Kallsyms.ReadAsync(Gdb, trace.Entry, cancellation);
    });

    public async ValueTask DisposeAsync()
    {
        _gdb?.Dispose();
        if (_child is not null)
        {
            _child.Kill();
            // Whoever cancelled knows.
            await ((Task)_child.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _folder.Dispose();
    }

    private async Task BootAsync(
        ProcessRunner processes, GuestPlatform platform, GuestSettings settings, TimeSpan deadline, CancellationToken cancellation)
    {
        var console = _folder.Path("console");
        var command = platform.Command(settings with
        {
            Accelerator = Accelerator.Tcg,
            Benchmark = settings.Benchmark with { Rounds = Rounds, Iterations = Iterations, Warmup = 1, ViaFunction = false },
            // Where there are modules, QEMU takes a path with a space or a comma apart.
            Images = settings.Images.ToDictionary(image => image.Key, image => File.CreateSymbolicLink(_folder.Path(image.Key.Name), image.Value).FullName),
            Console = console,
        });
        string[] arguments = [.. command.ToArguments(), "-gdb", $"unix:{_folder.Path("gdb")},server=on,wait=off"];
        _child = await processes.StartAsync(new ProcessRequest(command.Program, arguments) { Deadline = deadline, Remedy = Qemu.Remedy }, cancellation);
        await WaitForBenchmarkAsync(console, cancellation);
        _start = await TalkAsync(async () =>
        {
            _gdb = await GdbClient.ConnectAsync(_folder.Path("gdb"), _silence, cancellation);
            return await FindCallAsync(settings.Benchmark.SystemCall ?? Syscalls.Noop, cancellation);
        });
    }

    // From its first record to its first round the program still says what guest it is in: it is quiet once it measures.
    private async Task WaitForBenchmarkAsync(string console, CancellationToken cancellation)
    {
        var length = -1;
        while (true)
        {
            var text = File.Exists(console) ? await File.ReadAllTextAsync(console, cancellation) : "";
            if (text.Contains(" begin ", StringComparison.Ordinal) && text.Length == length)
                return;
            length = text.Length;
            if (Child.Completion.IsCompleted)
            {
                var end = await Child.Completion;
                throw new UserError($"the guest {(end.TimedOut ? "did not start the benchmark in time" : "ended before it ran the benchmark")}: {end.Describe()}");
            }

            await Task.Delay(_poll, cancellation);
        }
    }

    /// <summary>Stops the guest again and again until it stands right before the loop's SYSCALL, wherever the program was loaded.</summary>
    private async Task<ulong> FindCallAsync(int number, CancellationToken cancellation)
    {
        // Short at first: what is stopped may still be the program's start, or another of its loops.
        var window = 512;
        for (var stop = 0; stop < MostStops; stop++, window = Math.Min(window * 2, LongestPath))
        {
            if (Child.Completion.IsCompleted)
                throw new GdbError((await Child.Completion).Describe());
            var seen = new Dictionary<ulong, int>();
            for (var step = 0; step < window; step++)
            {
                var (pc, rax) = await Gdb.ReadStateAsync(cancellation);
                if (rax == (ulong)number && await IsCallAsync(pc, cancellation))
                    return pc;
                if ((seen[pc] = seen.GetValueOrDefault(pc) + 1) > Turns)
                    break;
                await Gdb.StepAsync(cancellation);
            }

            await Gdb.RunForAsync(_pause, cancellation);
        }

        throw new UserError($"it was stopped {MostStops} times, and never at the benchmark's own SYSCALL: it runs another program, or not from a page boundary");
    }

    private async Task<bool> IsCallAsync(ulong pc, CancellationToken cancellation) =>
        (pc & PageMask) == (_offset & PageMask) && await Gdb.ReadMemoryAsync(pc, SyscallBytes, cancellation) is [0x0f, 0x05];

    private async Task<List<TracedInstruction>> TraceOnceAsync(int longest, CancellationToken cancellation)
    {
        await StepToAsync(_start, longest, cancellation);
        return await StepToAsync(_start + SyscallBytes, longest, cancellation);
    }

    /// <returns>What was executed before it stood there.</returns>
    private async Task<List<TracedInstruction>> StepToAsync(ulong address, int longest, CancellationToken cancellation)
    {
        var executed = new List<TracedInstruction>();
        while ((await Gdb.ReadStateAsync(cancellation)).Pc is var pc && pc != address)
        {
            if (executed.Count == longest)
                throw new UserError(FormattableString.Invariant($"a call takes more than {longest:N0} instructions, too many to step through"));
            executed.Add(new TracedInstruction(pc, await CodeAsync(pc, cancellation)));
            await Gdb.StepAsync(cancellation);
        }

        return executed;
    }

    private async Task<byte[]> CodeAsync(ulong pc, CancellationToken cancellation)
    {
        if (_code.TryGetValue(pc, out var known))
            return known;

        // The page behind may not be mapped.
        var rest = PageMask + 1 - (int)(pc & PageMask);
        return _code[pc] = await Gdb.ReadMemoryAsync(pc, LongestInstruction, cancellation)
            ?? await Gdb.ReadMemoryAsync(pc, Math.Min(rest, LongestInstruction), cancellation)
            ?? throw new GdbError(FormattableString.Invariant($"the instruction at {pc:x} cannot be read"));
    }

    // Where a conversation breaks off, QEMU's last words may say why.
    private async Task<T> TalkAsync<T>(Func<Task<T>> talk)
    {
        try
        {
            return await talk();
        }
        catch (GdbError broken)
        {
            Child.Kill();
            await Child.Completion;
            var why = Child.ErrorTail.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } said ? $"{broken.Message}: {said.Trim()}" : broken.Message;
            throw new UserError(_start == 0 ? $"the guest was not seen to make the call: {why}" : why, broken);
        }
    }

    /// <summary>Where the SYSCALL of the loop that the benchmark times is in its file.</summary>
    /// <exception cref="UserError">The file is no ELF of the benchmark.</exception>
    internal static ulong OffsetOfCall(string benchmark)
    {
        const string Remedy = "run --target=BuildBenchmark";
        if (!ELFReader.TryLoad(benchmark, out var any) || any is not ELF<ulong> elf)
            throw new UserError($"{benchmark} is no 64-bit ELF file: {Remedy}");
        using (elf)
        {
            var entry = elf.Sections.OfType<ISymbolTable>().SelectMany(table => table.Entries).OfType<SymbolEntry<ulong>>()
                .FirstOrDefault(symbol => symbol.Name == Program && symbol.PointedSection is not null)
                ?? throw new UserError($"{benchmark} has no {Program}: {Remedy}");
            var section = (Section<ulong>)entry.PointedSection;
            var code = section.GetContents().AsSpan((int)(entry.Value - section.LoadAddress), (int)entry.Size);
            var at = code.IndexOf([(byte)0x0f, (byte)0x05]);
            return at < 0 ? throw new UserError($"{benchmark}: {Program} makes no system call: {Remedy}") : entry.Value + (ulong)at;
        }
    }
}
