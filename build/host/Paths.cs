namespace SyscallBench.Build;

/// <summary>Every folder that a task reads or writes, absolute. Nothing else in the host spells a path.</summary>
/// <param name="Root">The folder of <c>build.sh</c>.</param>
public sealed record Paths(string Root)
{
    /// <summary>Ours, in the repository.</summary>
    public string BenchSource => Path.Combine(Root, "bench-src");

    public string LinuxSource => Path.Combine(Root, "linux");

    public string Tools => Path.Combine(Root, "tools");

    /// <summary>The C# sources.</summary>
    public string Build => Path.Combine(Root, "build");

    /// <summary>Made by tasks, and removed by Clean with the exceptions it names.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Pinned clones.</summary>
    public string Deps => Path.Combine(Artifacts, "deps");

    /// <summary>Archives and packages, which only <c>Clean --all</c> removes.</summary>
    public string Downloads => Path.Combine(Artifacts, "downloads");

    public string Kernel => Path.Combine(Artifacts, "kernel");

    public string Unikernel => Path.Combine(Artifacts, "unikernel");

    public string Benchmark => Path.Combine(Artifacts, "benchmark");

    public string Initramfs => Path.Combine(Artifacts, "initramfs");

    public string Floor => Path.Combine(Artifacts, "floor");

    /// <summary>Fingerprints of what is up to date.</summary>
    public string State => Path.Combine(Artifacts, "state");

    /// <summary>The running program itself.</summary>
    public string DotNet => Path.Combine(Artifacts, "dotnet");

    public string Eval => Path.Combine(Root, "eval");

    /// <summary>Console logs, never edited.</summary>
    public string Raw => Path.Combine(Eval, "raw");

    public string Parsed => Path.Combine(Eval, "parsed");

    /// <summary>Final tables and plots, which Clean keeps.</summary>
    public string Results => Path.Combine(Root, "results");

    public string ResultsFile => Path.Combine(Results, "results.json");

    /// <summary>Results kept under names, to compare with.</summary>
    public string Baselines => Path.Combine(Results, "baselines");

    /// <summary>The last comparison as Markdown, for the summary of a CI run.</summary>
    public string ComparisonSummary => Path.Combine(Results, "compare.md");

    /// <summary>The nearest folder above <paramref name="start"/> that holds <c>build.sh</c>.</summary>
    /// <exception cref="UserError">There is none: the program was copied out of its repository.</exception>
    public static Paths Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "build.sh")))
                return new Paths(folder.FullName);
        }

        throw new UserError($"no build.sh in or above {start}; start the program with the build.sh of its repository");
    }
}
