using SyscallBench.Model;

namespace SyscallBench.Machine;

/// <summary>What to do about the CPUs' frequency.</summary>
public enum TuneAction
{
    /// <summary>Say what governs it; change nothing.</summary>
    Show,

    /// <summary>Hold every CPU at its highest frequency without turbo.</summary>
    Pin,

    /// <summary>Put back what was there before the pin.</summary>
    Restore,
}

/// <summary>One run of <c>tools/tune-cpu</c>.</summary>
/// <param name="Action">What to do.</param>
public sealed record TuneRequest(TuneAction Action)
{
    /// <summary>Directory that stands for /sys; null for the machine's own.</summary>
    public string? Sysfs { get; init; }

    /// <summary>Directory of the old values; null for the script's default.</summary>
    public string? State { get; init; }

    /// <summary>The action of a name as the user writes it.</summary>
    /// <exception cref="UsageError">The name is none of the valid ones.</exception>
    public static TuneAction ParseAction(string name) => name switch
    {
        "show" => TuneAction.Show,
        "pin" => TuneAction.Pin,
        "restore" => TuneAction.Restore,
        _ => throw new UsageError($"--tune={name}: no such action; valid are show, pin and restore"),
    };
}
