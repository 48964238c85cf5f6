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

    /// <summary>Whether both executed the same instructions at the same places.</summary>
    public bool Repeats(Trace other) => Instructions.Select(each => each.Address).SequenceEqual(other.Instructions.Select(each => each.Address));
}

/// <summary>
/// A guest under TCG whose benchmark is in its loop of system calls, stopped and stepped through QEMU's gdb server. Ended when disposed of.
/// </summary>
public sealed class TracedGuest : IAsyncDisposable
{
    /// <summary>A path that is longer is given up.</summary>
    public const int LongestPath = 1_000_000;

    // Large enough that a stop lands in the loop of system calls with near certainty, on Linux; elsewhere it takes a few attempts.
    private const int Iterations = 20_000;
    private const int Noop = 500;

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

    private readonly Dictionary<ulong, byte[]> _code = [];
    private readonly ChildProcess _child;
    private readonly SocketFolder _folder;
    private readonly CallSite _site;
    private GdbClient? _gdb;
    private ulong _start;

    private TracedGuest(ChildProcess child, SocketFolder folder, CallSite site) => (_child, _folder, _site) = (child, folder, site);

    private GdbClient Gdb => _gdb ?? throw new InvalidOperationException("the guest is not stopped yet");

    /// <summary>What the benchmark is told: to call for so long that it is there to be stopped.</summary>
    public static BenchmarkArguments Arguments(BenchmarkArguments asked) => asked with { Rounds = 10_000, Iterations = Iterations, Warmup = 1, ViaFunction = false };

    /// <summary>Boots a guest and stops it right before a system call that has been made many times already.</summary>
    /// <param name="processes">Starts QEMU.</param>
    /// <param name="platform">What is booted.</param>
    /// <param name="settings">How; the accelerator, the benchmark's arguments and the console are set here.</param>
    /// <param name="benchmark">The benchmark's ELF.</param>
    /// <param name="deadline">After this the guest is ended, whatever it does.</param>
    /// <param name="cancellation">Ends the guest.</param>
    /// <exception cref="UserError">The guest ended, or never made the call.</exception>
    public static async Task<TracedGuest> StartAsync(
        ProcessRunner processes, GuestPlatform platform, GuestSettings settings, string benchmark, TimeSpan deadline, CancellationToken cancellation)
    {
        var site = CallSite.Of(benchmark);
        var folder = new SocketFolder();
        var console = folder.Path("console");
        // Where there are modules, QEMU takes a path with a space or a comma apart.
        var images = settings.Images.ToDictionary(image => image.Key, image => File.CreateSymbolicLink(folder.Path(image.Key.Name), image.Value).FullName);
        var command = platform.Command(settings with { Accelerator = Accelerator.Tcg, Benchmark = Arguments(settings.Benchmark), Images = images, Console = console });
        ChildProcess child;
        try
        {
            child = await processes.StartAsync(
                new ProcessRequest(command.Program, [.. command.ToArguments(), "-gdb", $"unix:{folder.Path("gdb")},server=on,wait=off"])
                {
                    Deadline = deadline,
                    Remedy = Qemu.Remedy,
                },
                cancellation).ConfigureAwait(false);
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        var guest = new TracedGuest(child, folder, site);
        try
        {
            await guest.WaitForBenchmarkAsync(console, cancellation).ConfigureAwait(false);
            guest._gdb = await GdbClient.ConnectAsync(folder.Path("gdb"), _silence, cancellation).ConfigureAwait(false);
            await guest.FindCallAsync(settings.Benchmark.SystemCall ?? Noop, cancellation).ConfigureAwait(false);
            return guest;
        }
        catch (GdbError broken)
        {
            await guest.DisposeAsync().ConfigureAwait(false);
            throw guest.Failure(broken);
        }
        catch
        {
            await guest.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The next call, once two in a row were the same: one in many has the scheduler's work in it.</summary>
    /// <exception cref="UserError">No two calls in a row are the same, or the path is too long.</exception>
    public async Task<Trace> TraceAsync(int longest, CancellationToken cancellation)
    {
        const int Attempts = 8;
        try
        {
            var last = await TraceOnceAsync(longest, cancellation).ConfigureAwait(false);
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var next = await TraceOnceAsync(longest, cancellation).ConfigureAwait(false);
                if (next.Repeats(last))
                    return next;
                last = next;
            }
        }
        catch (GdbError broken)
        {
            throw Failure(broken);
        }

        throw new UserError($"no two calls of {Attempts} took the same path, so none can be explained");
    }

    /// <summary>Reads something at a place inside the next call, where the kernel's memory is mapped.</summary>
    public async Task<T> ReadInsideAsync<T>(int steps, Func<GdbClient, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            await ReachAsync(_start, LongestPath, cancellation).ConfigureAwait(false);
            for (var step = 0; step < steps; step++)
                await Gdb.StepAsync(cancellation).ConfigureAwait(false);
            return await read(Gdb).ConfigureAwait(false);
        }
        catch (GdbError broken)
        {
            throw Failure(broken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gdb?.Dispose();
        _child.Kill();
        try
        {
            await _child.Completion.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled knows.
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private async Task WaitForBenchmarkAsync(string console, CancellationToken cancellation)
    {
        // From its first record to its first round the program still says what guest it is in: it is quiet once it measures.
        var length = -1;
        while (true)
        {
            var text = File.Exists(console) ? await ReadSharedAsync(console, cancellation).ConfigureAwait(false) : "";
            if (text.Contains(" begin ", StringComparison.Ordinal) && text.Length == length)
                return;
            length = text.Length;
            if (_child.Completion.IsCompleted)
            {
                var end = await _child.Completion.ConfigureAwait(false);
                throw new UserError(end.TimedOut
                    ? $"the guest did not start the benchmark in time: {end.Describe()}"
                    : $"the guest ended before it ran the benchmark: {end.Describe()}");
            }

            await Task.Delay(_poll, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<string> ReadSharedAsync(string path, CancellationToken cancellation)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Stops the guest again and again until it stands right before the loop's SYSCALL, wherever the program was loaded.</summary>
    private async Task FindCallAsync(int number, CancellationToken cancellation)
    {
        // Short at first: what is stopped may still be the program's start, or another of its loops.
        var window = 512;
        for (var stop = 0; stop < MostStops; stop++, window = Math.Min(window * 2, LongestPath))
        {
            if (_child.Completion.IsCompleted)
                throw new GdbError((await _child.Completion.ConfigureAwait(false)).Describe());
            var seen = new Dictionary<ulong, int>();
            for (var step = 0; step < window; step++)
            {
                var state = await Gdb.ReadStateAsync(cancellation).ConfigureAwait(false);
                if (await IsCallAsync(state, number, cancellation).ConfigureAwait(false))
                {
                    _start = state.Pc;
                    return;
                }

                if ((seen[state.Pc] = seen.GetValueOrDefault(state.Pc) + 1) > Turns)
                    break;
                await Gdb.StepAsync(cancellation).ConfigureAwait(false);
            }

            await Gdb.RunForAsync(_pause, cancellation).ConfigureAwait(false);
        }

        throw new UserError(string.Create(CultureInfo.InvariantCulture, $"it was stopped {MostStops} times, and never at the benchmark's own SYSCALL: it runs another program, or not from a page boundary"));
    }

    private async Task<bool> IsCallAsync(CpuState state, int number, CancellationToken cancellation) =>
        (state.Pc & PageMask) == (_site.Offset & PageMask)
        && state.Rax == (ulong)number
        && await Gdb.ReadMemoryAsync(state.Pc, SyscallBytes, cancellation).ConfigureAwait(false) is [0x0f, 0x05];

    private async Task<Trace> TraceOnceAsync(int longest, CancellationToken cancellation)
    {
        await ReachAsync(_start, longest, cancellation).ConfigureAwait(false);
        var instructions = new List<TracedInstruction>();
        for (var pc = _start; pc != _start + SyscallBytes; pc = (await Gdb.ReadStateAsync(cancellation).ConfigureAwait(false)).Pc)
        {
            if (instructions.Count == longest)
                throw TooLong(longest);
            instructions.Add(new TracedInstruction(pc, await CodeAsync(pc, cancellation).ConfigureAwait(false)));
            await Gdb.StepAsync(cancellation).ConfigureAwait(false);
        }

        return new Trace(_site.Offset, instructions);
    }

    private async Task ReachAsync(ulong address, int longest, CancellationToken cancellation)
    {
        for (var step = 0; (await Gdb.ReadStateAsync(cancellation).ConfigureAwait(false)).Pc != address; step++)
        {
            if (step == longest)
                throw TooLong(longest);
            await Gdb.StepAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<byte[]> CodeAsync(ulong pc, CancellationToken cancellation)
    {
        if (_code.TryGetValue(pc, out var known))
            return known;

        // The page behind may not be mapped.
        var rest = PageMask + 1 - (int)(pc & PageMask);
        var code = await Gdb.ReadMemoryAsync(pc, LongestInstruction, cancellation).ConfigureAwait(false)
            ?? await Gdb.ReadMemoryAsync(pc, Math.Min(rest, LongestInstruction), cancellation).ConfigureAwait(false)
            ?? throw new GdbError(string.Create(CultureInfo.InvariantCulture, $"the instruction at {pc:x} cannot be read"));
        return _code[pc] = code;
    }

    private UserError TooLong(int longest) =>
        new(string.Create(CultureInfo.InvariantCulture, $"a call takes more than {longest:N0} instructions, too many to step through"));

    private UserError Failure(GdbError broken)
    {
        var why = _child.ErrorTail.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } said ? $"{broken.Message}: {said.Trim()}" : broken.Message;
        return new UserError(_start == 0 ? $"the guest was not seen to make the call: {why}" : why, broken);
    }

    /// <summary>The SYSCALL of the loop that the benchmark times.</summary>
    /// <param name="Offset">Its offset in the program.</param>
    internal sealed record CallSite(ulong Offset)
    {
        private const string Function = "time_scall";

        /// <exception cref="UserError">The file is no ELF of the benchmark.</exception>
        public static CallSite Of(string path)
        {
            if (!ELFReader.TryLoad(path, out var any) || any is not ELF<ulong> elf)
                throw new UserError($"{path} is no 64-bit ELF file: run --target=BuildBenchmark");
            using (elf)
            {
                var entry = elf.Sections.OfType<ISymbolTable>().SelectMany(table => table.Entries).OfType<SymbolEntry<ulong>>()
                    .FirstOrDefault(symbol => symbol.Name == Function && symbol.PointedSection is not null)
                    ?? throw new UserError($"{path} has no {Function}: run --target=BuildBenchmark");
                var section = (Section<ulong>)entry.PointedSection;
                var code = section.GetContents().AsSpan((int)(entry.Value - section.LoadAddress), (int)entry.Size);
                var at = code.IndexOf([(byte)0x0f, (byte)0x05]);
                return at < 0 ? throw new UserError($"{path}: {Function} makes no system call: run --target=BuildBenchmark") : new CallSite(entry.Value + (ulong)at);
            }
        }
    }
}
