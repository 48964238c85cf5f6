using SyscallBench.Consoles;
using SyscallBench.Model;

namespace SyscallBench.Boots;

/// <summary>
/// What is known about one boot besides its console: <c>eval/raw/&lt;platform&gt;/boot-NNN.json</c>, beside <c>boot-NNN.log</c>. It is written
/// last, so a log
/// without it is no boot.
/// </summary>
public sealed record BootRecord
{
    /// <summary>Name and version of this format.</summary>
    public const string CurrentSchema = "syscall-bench/boot/v1";

    public string Schema { get; init; } = CurrentSchema;

    public required string Platform { get; init; }

    /// <summary>Boot of the platform, from 0.</summary>
    public required int Boot { get; init; }

    /// <summary>Its place among all boots of its run, from 0.</summary>
    public required int Order { get; init; }

    /// <summary>What a tick of its clock is.</summary>
    public required Unit Unit { get; init; }

    /// <summary>The program, then its arguments; relative paths start from the top of the source tree.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Finished { get; init; }

    /// <summary>Of QEMU, or of the program itself.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What it was given, in seconds.</summary>
    public required double Deadline { get; init; }

    /// <summary>Where it ran, one sentence.</summary>
    public required string Pinning { get; init; }

    /// <summary>What was seen from the outside, by the names of <see cref="BootFacts"/>; decimal numbers.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc cref="BootLog.Seen"/>
    public Disturbance Seen { get; init; }

    /// <summary>Everything its console depends on, by name: hashes of what was booted, arguments, CPU model, version of QEMU.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>SHA-256 of the console log.</summary>
    public required string LogHash { get; init; }

    /// <summary>Why it measured nothing that may be used; null for a boot that counts.</summary>
    public string? Failure { get; init; }
}
