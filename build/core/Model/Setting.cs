namespace SyscallBench.Model;

/// <summary>
/// Everything that has to be equal for two boots to be of one experiment. Boots of a setting share a folder, <c>eval/raw/&lt;platform&gt;/&lt;name&gt;</c>.
/// </summary>
public sealed record Setting
{
    private const int LongestCpu = 40;

    public required string Platform { get; init; }

    /// <summary>Null for a process on this machine's own kernel.</summary>
    public Accelerator? Accelerator { get; init; }

    /// <summary>CPU model of the guest, as QEMU's <c>-cpu</c> takes it; null without a guest.</summary>
    public string? Cpu { get; init; }

    public required int Rounds { get; init; }

    public required long Iterations { get; init; }

    public required int Warmup { get; init; }

    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    /// <summary>What the guest's kernel and the benchmark are told.</summary>
    public required string Arguments { get; init; }

    public string? Qemu { get; init; }

    /// <summary>QEMU's own arguments, with names in the place of paths; null without a guest.</summary>
    public string? QemuArguments { get; init; }

    /// <summary>The machine as far as its clock ticks depend on it; null where instructions are counted, which depend on none of it.</summary>
    public MachineSetting? Machine { get; init; }

    /// <summary>What people recognise, and eight digits of a hash over all parts: <c>tcg-Skylake-Client-v1-20x1000-3f2a91c4</c>.</summary>
    public string Name => FormattableString.Invariant(
        $"{Accelerator?.Name() ?? "native"}{(Cpu is null ? "" : $"-{FileName(Cpu)}")}-{Rounds}x{Iterations}-{Hash()}");

    /// <summary>What differs first, in the order in which a user would look for it: <c>--cpu was max, is EPYC-v1</c>; null where nothing does.</summary>
    public string? DifferenceFrom(Setting other)
    {
        var before = other.Parts();
        var now = Parts();
        return now.Select(part => part.Name).Union(before.Select(part => part.Name))
            .Select(name => (Name: name, Was: Value(before, name), Is: Value(now, name)))
            .Where(part => part.Was != part.Is)
            .Select(part => $"{part.Name} was {Shown(part.Was)}, is {Shown(part.Is)}")
            .FirstOrDefault();

        static string Shown(string? value) => string.IsNullOrEmpty(value) ? "none" : Sha256.Shortened(value);

        static string? Value(IEnumerable<(string Name, string? Value)> parts, string name) => parts.FirstOrDefault(part => part.Name == name).Value;
    }

    private IReadOnlyList<(string Name, string? Value)> Parts() =>
    [
        ("platform", Platform),
        ("--accel", Accelerator?.Name()),
        ("--cpu", Cpu),
        ("--rounds", Rounds.ToString(CultureInfo.InvariantCulture)),
        ("--iters", Iterations.ToString(CultureInfo.InvariantCulture)),
        ("--warmup", Warmup.ToString(CultureInfo.InvariantCulture)),
        .. Hashes.OrderBy(hash => hash.Key, StringComparer.Ordinal).Select(hash => (hash.Key, (string?)hash.Value)),
        ("QEMU", Qemu),
        ("the guest's command line", Arguments),
        ("QEMU's command line", QemuArguments),
        .. Machine?.Parts() ?? [],
    ];

    private string Hash() => Sha256.Of(string.Concat(Parts().Select(part => $"{part.Name}={part.Value}\n")))[..8];

    private static string FileName(string cpu)
    {
        var safe = string.Concat(cpu.Select(character => char.IsAsciiLetterOrDigit(character) || "._+=-".Contains(character, StringComparison.Ordinal) ? character : ','));
        return safe[..Math.Min(safe.Length, LongestCpu)];
    }
}

/// <summary>What a measurement in clock ticks depends on besides its guest; null for what the machine does not say.</summary>
public sealed record MachineSetting
{
    public string? Cpu { get; init; }

    public string? Microcode { get; init; }

    /// <summary>Release and version of the kernel.</summary>
    public string? Kernel { get; init; }

    /// <summary>Those of its parameters that bear on a measurement.</summary>
    public string? Parameters { get; init; }

    public string? Governor { get; init; }

    public string? FrequencyLimits { get; init; }

    public string? Turbo { get; init; }

    public string? Smt { get; init; }

    public required bool Pinned { get; init; }

    /// <summary>Kind of core on a hybrid CPU.</summary>
    public string? Core { get; init; }

    internal IReadOnlyList<(string Name, string? Value)> Parts() =>
    [
        ("this machine's CPU", Cpu),
        ("its microcode", Microcode),
        ("its kernel", Kernel),
        ("its kernel's parameters", Parameters),
        ("its frequency governor", Governor),
        ("its frequency limits", FrequencyLimits),
        ("its turbo", Turbo),
        ("its SMT", Smt),
        ("pinning", Pinned.ToString()),
        ("kind of core", Core),
    ];
}
