using SyscallBench.Model;
using SyscallBench.Processes;

namespace SyscallBench.Machine;

/// <summary>
/// Runs <c>tools/tune-cpu</c>, the one implementation of pin and restore: a script, because a machine that only measures has no .NET.
/// </summary>
/// <param name="processes">Starts programs.</param>
/// <param name="script">Path of the script.</param>
public sealed class TuneScript(IProcessRunner processes, string script)
{
    /// <summary>Runs the script to its end; everything it prints goes to <paramref name="onLine"/>.</summary>
    /// <exception cref="UsageError">The script refused its arguments.</exception>
    /// <exception cref="UserError">The script did not do what was asked for; the message says in which state it left the machine.</exception>
    public async Task RunAsync(TuneRequest request, Action<string> onLine, CancellationToken cancellation)
    {
        // Cancelled, the script is asked to end before it is killed, and puts everything back.
        var result = await processes.RunAsync(new ProcessRequest(script, Arguments(request)) { Deadline = TimeSpan.FromMinutes(1), OnLine = onLine }, cancellation);
        var code = result.InTime().ExitCode;
        if (code == 2)
            throw new UsageError("tools/tune-cpu refused its arguments for the reason above; nothing was changed");
        if (Explain(code) is { } reason)
            throw new UserError($"{request.Action.ToString().ToLowerInvariant()}: {reason} (tools/tune-cpu, exit code {code})");
    }

    /// <summary>The script's arguments, in its own order.</summary>
    public static IReadOnlyList<string> Arguments(TuneRequest request)
    {
        string[] action = [request.Action.ToString().ToLowerInvariant()];
        return request.Sysfs is { } sysfs ? [.. action, $"--sysfs={sysfs}"] : action;
    }

    /// <summary>What the script's exit code says; null for success.</summary>
    private static string? Explain(int code) => code switch
    {
        0 => null,
        3 => "this machine has no frequency control; nothing was changed",
        4 => "an earlier pin is in the way; nothing was changed; run --target=Tune --tune=restore first",
        5 => "not permitted; nothing was changed; run it as root on the machine itself, not in a container",
        6 => "not everything could be put back; the old values are kept; mend the cause above and run --target=Tune --tune=restore",
        > 128 => "was ended half way; run --target=Tune --tune=restore",
        _ => "failed for the reason above; what had been changed was put back",
    };
}

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
