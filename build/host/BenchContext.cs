using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.FileHelpers;
using SyscallBench.Build.Adapters;
using SyscallBench.Build.Hosting;
using SyscallBench.Build.Options;
using SyscallBench.Build.Terminal;
using SyscallBench.Builds;
using SyscallBench.Platforms;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Build;

/// <summary>What a task works with. Tasks read no arguments and no environment.</summary>
public sealed class BenchContext(ICakeContext context, Session session) : FrostingContext(context)
{
    // As long as a kernel's build and an evening of boots take.
    private static readonly TimeSpan _patience = TimeSpan.FromHours(8);

    private Task<IToolchain>? _toolchain;
    private string? _commit;
    private CheckoutLock? _lock;
    private IReadOnlyList<KernelChoice>? _kernels;

    public BenchOptions Options => session.CommandLine.Options;

    public Workspace Workspace => session.Workspace;

    /// <summary>Text of <c>/etc/os-release</c>; null where there is none.</summary>
    public string? OsRelease => File.Exists("/etc/os-release") ? this.FileReadText("/etc/os-release") : null;

    /// <summary>The commit of this checkout as it is now; of what the program was compiled from, where Git does not say; null where nothing does.</summary>
    public string? Commit => _commit ??= new CakeGitClient(this).Describe(Workspace.Root) ?? ProgramVersion.Commit;

    /// <summary>Why a platform, or a kernel, cannot be measured, by its name; found out on the way, decided upon by Run and Process.</summary>
    public Dictionary<string, string> Missing { get; } = new(StringComparer.Ordinal);

    public CommandLine CommandLine => session.CommandLine;

    public CoreServices Services => session.Services;

    public TaskCatalogue Tasks => session.Tasks;

    /// <summary>Cancelled by the first Ctrl+C, SIGTERM or SIGHUP. Every task that takes longer than a moment hands it on.</summary>
    public CancellationToken Cancellation => session.Interruption.Token;

    /// <summary>What was noticed on the way; printed together at the end.</summary>
    public FindingList Findings => session.Findings;

    /// <summary>What a task is there to print; shown under every verbosity.</summary>
    public void Print(params IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Log.Write(Verbosity.Quiet, LogLevel.Information, "{0}", line);
    }

    /// <summary>Whether one of these targets was asked for, rather than needed by one that was.</summary>
    public bool IsTarget(params IEnumerable<string> targets) => targets.Any(CommandLine.Targets.Contains);

    /// <summary>The kernels that Linux platforms boot.</summary>
    /// <exception cref="UsageError">One is no kernel, or two are the same.</exception>
    public IReadOnlyList<KernelChoice> Kernels => _kernels ??= KernelChoice.ParseAll(Options.Kernels, OsRelease);

    /// <summary>What is to be measured, in the order of a table.</summary>
    public IReadOnlyList<Platform> Platforms => Options.Selected;

    /// <summary>Whether a row of the platform is to be measured.</summary>
    public bool Wants(string platform) => Platforms.Any(each => each.Name == platform);

    public StockKernels StockKernels { get; } = new(session.Workspace, session.Services.Processes, new StepLedger(session.Workspace).Hasher);

    /// <summary>
    /// Does what <paramref name="platforms"/> need. A source that cannot be reached, or a build that fails, is not the end, unless the step itself was asked for:
    /// everything else can still be measured, and Run and Process decide what a missing row means.
    /// </summary>
    public async Task AttemptAsync(IReadOnlyList<string> platforms, IReadOnlyList<string> targets, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (UserError error) when (error is not UsageError && !IsTarget(targets))
        {
            foreach (var platform in platforms)
                Missing[platform] = error.Message;
            Say($"{string.Join(" and ", platforms)} will not be measured: {error.Message}");
        }
    }

    /// <summary>Where compilers run; chosen once.</summary>
    public Task<IToolchain> ToolchainAsync() =>
        _toolchain ??= Services.Toolchains(this).ChooseAsync(Options.Toolchain, Say, Cancellation);

    /// <summary>Takes the checkout's lock, or waits for it.</summary>
    /// <param name="writer">The task that writes, for those who find it locked.</param>
    public async Task LockAsync(string writer) => _lock = await CheckoutLock.TakeAsync(Workspace, writer, _patience, Say, Cancellation);

    public void Unlock()
    {
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Shows how far a long step is, and the time that passes; to be disposed of however it ends.</summary>
    /// <param name="what">The step, in a person's words.</param>
    /// <param name="isMeasured">Something is measured meanwhile that a timer of ours would disturb.</param>
    public ProgressLine Progress(string what, bool isMeasured = false)
    {
        var line = new ProgressLine(what, session.Status, Say, TimeProvider.System);
        return isMeasured ? line : line.Ticking();
    }

    /// <summary>One line for whoever watches; silent under <c>--verbosity=quiet</c> and <c>minimal</c>.</summary>
    public void Say(string line) => Log.Information("{0}", line);

    /// <summary>How a build step ended.</summary>
    public void Say(StepResult step, string? what = null) => Say(what ?? Path.GetFileName(step.MainOutput), step, step.Done);

    /// <summary>How a step of the evaluation ended.</summary>
    public void Say(string what, StepResult step, string done = "written") =>
        Say(step.UpToDate ? $"{what} is up to date: {step.Reason}" : FormattableString.Invariant($"{what} {done} in {step.Elapsed.TotalSeconds:0.0} s: {step.Reason}"));

    /// <summary>One line of detail, seen under <c>--verbosity=verbose</c> and <c>diagnostic</c>.</summary>
    public void Detail(string line) => Log.Verbose("{0}", line);
}
