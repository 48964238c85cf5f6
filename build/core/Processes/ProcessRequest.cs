namespace SyscallBench.Processes;

/// <summary>An external program to start: what to run, where its output goes, and how long it may take.</summary>
public sealed record ProcessRequest
{
    /// <summary>A path, or a name that is looked up on <c>PATH</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Handed over one by one; no shell ever sees them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Null for the current directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the environment; null as a value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>File that receives standard output byte for byte; replaced where it exists.</summary>
    public string? OutputFile { get; init; }

    /// <summary>File that receives standard error byte for byte; may be the same as <see cref="OutputFile"/>.</summary>
    public string? ErrorFile { get; init; }

    /// <summary>Called for each line of standard output, in order, never for two lines of one stream at a time.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>Called for each line of standard error, in order.</summary>
    public Action<string>? OnError { get; init; }

    /// <summary>After this the whole process tree is ended; null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How long the tree may take to end by itself (SIGTERM) before it is killed, on deadline and cancellation.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>CPUs that the program may run on, from its first instruction; empty for the ones this process has.</summary>
    public IReadOnlyList<int> Cpus { get; init; } = [];

    /// <summary>What to do when the program is not there, for example a command that installs it.</summary>
    public string? Remedy { get; init; }
}
