using System.Text.Json.Serialization;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Statistics;
using SyscallBench.Steps;

namespace SyscallBench.Fidelity;

/// <summary>The whole comparison of our kernel with the distribution's, <c>results/fidelity.json</c>.</summary>
public sealed record FidelityReport
{
    public const string CurrentSchema = "syscall-bench/fidelity/v1";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>What the counts are; they come from TCG, exact.</summary>
    public string Unit { get; init; } = "instructions";

    /// <summary>Largest difference that passes, as a fraction.</summary>
    public double Limit { get; init; } = 0.02;

    public bool Faithful => Unfaithful.Count == 0;

    /// <summary>The distribution's kernel, for people: package and version.</summary>
    public required string Stock { get; init; }

    /// <summary>Ours: what it was built from, and with what besides the usual configuration.</summary>
    public required string Ours { get; init; }

    public required IReadOnlyList<FidelityResult> Cells { get; init; }

    /// <summary>Null where it was not checked.</summary>
    public HostCheckResult? Host { get; init; }

    /// <summary>Both kernels in TSC cycles under KVM; null where it was not measured.</summary>
    public Agreement? Cycles { get; init; }

    /// <summary>Cells that differ by more than <see cref="Limit"/>, the worst first.</summary>
    [JsonIgnore]
    public IReadOnlyList<FidelityResult> Unfaithful =>
        [.. Cells.Where(result => !result.IsWithin(Limit)).OrderByDescending(result => Math.Abs(result.Difference))];

    [JsonIgnore]
    public FidelityResult Worst => Cells.MaxBy(result => Math.Abs(result.Difference))!;

    /// <summary>Keeps the comparison: <c>results/fidelity.txt</c> for people, <c>results/fidelity.json</c> for programs.</summary>
    /// <exception cref="UserError">The disk is full, or the folder cannot be written.</exception>
    public void Write(Workspace workspace)
    {
        string[] lines =
        [
            .. CountLines(),
            .. CyclesLine is { } cycles ? ["", cycles] : Array.Empty<string>(),
            .. Host is { } host ? ["", .. host.Lines()] : Array.Empty<string>(),
        ];
        AtomicFile.Write(Path.Combine(workspace.Results, "fidelity.txt"), string.Join('\n', lines) + "\n");
        AtomicFile.Write(Path.Combine(workspace.Results, "fidelity.json"), JsonFormat.Serialize(this));
    }

    /// <summary>The table of all cells as a person reads it, with what the figures are.</summary>
    public IReadOnlyList<string> CountLines()
    {
        var table = new Table(
            "",
            [new("CPU"), new("mitigations"), new("call"), new("stock", true), new("ours", true), new("stock net", true), new("ours net", true), new("difference", true), new("verdict")],
            [.. Cells.Select(Row)]);
        return
        [
            $"stock: {Stock}",
            $"ours:  {Ours}",
            "Instructions per call, exact (TCG): one turn of the timed loop, and net of the loop. The difference is of the net counts.",
            "",
            .. table.Text(),
            "",
            FormattableString.Invariant(
                $"{Cells.Count - Unfaithful.Count} of {Cells.Count} cells within {Limit * 100:0.#} %; the largest difference is {Agreement.Percent(Worst.Difference)}, {Worst.Cell}"),
        ];
    }

    /// <summary>Both kernels in cycles; null where that was not measured.</summary>
    [JsonIgnore]
    public string? CyclesLine => Cycles is null ? null : FormattableString.Invariant(
        $"getppid under KVM, net TSC cycles: stock {Cycles.Reference:0.0}, ours {Cycles.Ours:0.0}; {Cycles.Describe()}");

    /// <exception cref="UserError">The kernel is not shown to be faithful, or host not to be right; the message says by how much.</exception>
    public void Require()
    {
        if (!Faithful)
        {
            var cells = string.Join("; ", Unfaithful.Select(result => $"{result.Cell}: {Agreement.Percent(result.Difference)}"));
            throw new UserError(FormattableString.Invariant(
                $"the kernel is not faithful: {Unfaithful.Count} of {Cells.Count} cells differ from {Stock} by more than {Limit * 100:0.#} % ({cells}); see linux/README.md"));
        }

        Host?.Require();
        if (Cycles is { Agrees: false })
            throw new UserError($"the kernel is not shown to be faithful in cycles: {CyclesLine}");
    }

    private string[] Row(FidelityResult result)
    {
        return
        [
            result.Cpu, result.Mitigations.Name(), result.Call, Text(result.Stock.Raw), Text(result.Ours.Raw), Text(result.Stock.Net), Text(result.Ours.Net),
            Agreement.Percent(result.Difference), result.IsWithin(Limit) ? "ok" : "differs",
        ];

        static string Text(double count) => count.ToString("0.##", CultureInfo.InvariantCulture);
    }
}

/// <summary>One comparison: the same call, on the same CPU model, with the same mitigations, in both kernels.</summary>
/// <param name="Cpu">QEMU's CPU model.</param>
/// <param name="Call">As tables say it.</param>
/// <param name="Number">The call's, on x86-64.</param>
public sealed record FidelityCell(string Cpu, Mitigations Mitigations, string Call, int Number)
{
    // One of each vendor: on the first KPTI, retpolines and MDS clearing are active, on the second untrained return thunks.
    private static readonly string[] _cpus = ["Skylake-Client-v1", "EPYC-v1"];

    /// <summary>What the call has to return, as the benchmark's <c>expect=</c> takes it: ENOSYS from a number that nothing answers.</summary>
    public string Expect => Call is "hole" or "unknown" ? "-38" : "any";

    /// <summary>The platform that the kernels are booted as.</summary>
    public LinuxPlatform Platform => new(Mitigations);

    /// <summary>Every cell, in the order of the table.</summary>
    /// <param name="series">The kernels' series: <c>6.1</c>.</param>
    public static IReadOnlyList<FidelityCell> For(string series) =>
    [
        .. from cpu in _cpus
           from mitigations in (Mitigations[])[Mitigations.On, Mitigations.Off]
           from call in Calls(series)
           select new FidelityCell(cpu, mitigations, call.Name, call.Number),
    ];

    public override string ToString() => $"{Call} on {Cpu} with mitigations {Mitigations.Name()}";

    // Two calls that do a little work, and two numbers that nothing answers. A hole of the table goes through entry, table and return, as the noop does.
    // A number past the end fails the range check instead; it has to lie past our table too, which the noop makes 501 entries long: 499 is past the end
    // of the stock kernel's table and a hole in ours, two different paths.
    private static (string Name, int Number)[] Calls(string series) =>
        [("getppid", Syscalls.GetParent), ("getuid", 102), ("hole", HoleOf(series)), ("unknown", 1000)];

    // 335 was reserved until uretprobe took it in 6.11, and the numbers after it may follow; 387 to 423 never will (syscall_64.tbl).
    private static int HoleOf(string series) => Version.TryParse(series, out var version) && version < new Version(6, 11) ? 335 : 400;
}

/// <summary>One cell, measured in both kernels.</summary>
public sealed record FidelityResult(string Cpu, Mitigations Mitigations, string Call, int Number, InstructionCount Stock, InstructionCount Ours)
{
    /// <summary>
    /// How much more ours costs, as a fraction of the stock kernel's cost; negative where ours flatters Linux. Of the net counts: the loop, the same for both, would
    /// make any difference look smaller.
    /// </summary>
    public double Difference => (Ours.Net - Stock.Net) / Stock.Net;

    [JsonIgnore]
    public FidelityCell Cell => new(Cpu, Mitigations, Call, Number);

    public bool IsWithin(double limit) => Math.Abs(Difference) <= limit;
}

/// <summary>What one call costs one kernel, in instructions: medians over the rounds that no interrupt hit.</summary>
/// <param name="Raw">One turn of the timed loop, the call and the loop's own instructions.</param>
/// <param name="Net">The call alone: the empty loop subtracted.</param>
/// <param name="CleanRounds">Rounds that count.</param>
public sealed record InstructionCount(double Raw, double Net, int CleanRounds, int Rounds)
{
    /// <summary>Null where an interrupt hit every round.</summary>
    public static InstructionCount? Of(IReadOnlyCollection<Sample> samples)
    {
        var clean = samples.Where(sample => sample is { EmptyDisturbed: Disturbance.None, ScallDisturbed: Disturbance.None, PerCall: false }).ToList();
        return clean.Count == 0
            ? null
            : new InstructionCount(
                Quantile.Median(clean.Select(sample => (sample.Scall - sample.Tsc) / sample.Iterations)),
                Quantile.Median(clean.Select(sample => (sample.Scall - sample.Empty) / sample.Iterations)),
                clean.Count,
                samples.Count);
    }
}
