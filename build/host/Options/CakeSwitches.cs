namespace SyscallBench.Build.Options;

/// <summary>Cake's own switches, with the spellings that Cake gives them.</summary>
public static class CakeSwitches
{
    private static readonly Dictionary<string, string> VerbosityLetters =
        new() { ["q"] = "quiet", ["m"] = "minimal", ["n"] = "normal", ["v"] = "verbose", ["d"] = "diagnostic" };

    public static IReadOnlyList<Option> All { get; } =
    [
        new("target", "NAME", "what to run, with everything it needs")
        {
            Default = TaskCatalogue.Default,
            Aliases = ["-t"],
            Apply = (line, value) => line with { Targets = [.. line.Targets, value.Text] },
        },
        new("exclusive", null, "run the target alone, without what it needs")
        {
            Aliases = ["-e"],
            Apply = (line, value) => line with { Exclusive = value.Flag() },
        },
        new("verbosity", "quiet|minimal|normal|verbose|diagnostic", "how much to print; diagnostic adds stack traces")
        {
            Default = "normal",
            Aliases = ["-v"],
            Apply = (line, value) => line with { Verbosity = VerbosityLetters.GetValueOrDefault(value.Text) ?? value.Choice() },
        },
        Show("dryrun", "print the tasks in their order, run none", Mode.DryRun, "--noop", "--whatif"),
        Show("tree", "print what needs what", Mode.Tree, "--showtree"),
        Show("description", "print what each task does", Mode.Description, "--descriptions", "--showdescription", "--showdescriptions"),
        Show("help", "print this", Mode.Help, "-h"),
        Show("version", "print the version", Mode.Version, "--ver"),
    ];

    private static Option Show(string name, string description, Mode mode, params string[] aliases) => new(name, null, description)
    {
        Aliases = aliases,
        Apply = (line, value) => value.Flag() ? line with { Mode = mode } : line,
    };
}
