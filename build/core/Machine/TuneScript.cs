using SyscallBench.Processes;

namespace SyscallBench.Machine;

/// <summary>
/// Runs <c>tools/tune-cpu</c>, the one implementation of pin and restore: a script, because a machine that only measures has no .NET.
/// </summary>
public sealed class TuneScript(IProcessRunner processes, string script)
{
    /// <summary>Runs the script to its end.</summary>
    /// <param name="action"><c>show</c>, <c>pin</c> or <c>restore</c>.</param>
    /// <param name="sysfs">Directory that stands for /sys; null for the machine's own.</param>
    /// <param name="onLine">Gets everything that the script prints.</param>
    /// <param name="cancellation">Has it put everything back, and end.</param>
    /// <exception cref="UsageError">The script refused its arguments.</exception>
    /// <exception cref="UserError">The script did not do what was asked for; the message says in which state it left the machine.</exception>
    public async Task RunAsync(string action, string? sysfs, Action<string> onLine, CancellationToken cancellation)
    {
        // Cancelled, the script is asked to end before it is killed.
        string[] arguments = sysfs is null ? [action] : [action, $"--sysfs={sysfs}"];
        var result = await processes.RunAsync(new ProcessRequest(script, arguments) { Deadline = TimeSpan.FromMinutes(1), OnLine = onLine }, cancellation);
        var code = result.InTime().ExitCode;
        if (code == 2)
            throw new UsageError("tools/tune-cpu refused its arguments for the reason above; nothing was changed");
        if (Explain(code) is { } reason)
            throw new UserError($"{action}: {reason} (tools/tune-cpu, exit code {code})");
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
