using SyscallBench.Builds;
using SyscallBench.Machine;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>Collects where a run's numbers will come from: what the builds recorded, and the machine.</summary>
public static class OriginReader
{
    private static readonly string[] _steps = ["benchmark", "floor", ElfloaderBuild.NameOf(Sources.Pins.Unikraft), ElfloaderBuild.NameOf(Sources.Pins.Unikraft017)];

    /// <param name="kernels">What <see cref="CurrentKernel.Choice"/> each kernel is, by its name.</param>
    public static RunOrigin Read(Workspace workspace, IReadOnlyDictionary<string, string> kernels)
    {
        var built = Built(workspace, kernels);
        return new RunOrigin
        {
            Machine = HostFacts.Read(new SystemFiles()).ToRecord(),
            Tools = Tools(_steps.Select(new StepLedger(workspace).Read).Concat(built.Values).OfType<StepState>()),
            Pins = Pins(built),
        };
    }

    /// <summary>What rows of these kernels have to say of them; null for nothing.</summary>
    public static string? KernelNote(Workspace workspace, IReadOnlyDictionary<string, string> kernels) => ExtraOf(Built(workspace, kernels)) is { } extra ? $"kernel with {extra}" : null;

    private static Dictionary<string, StepState> Built(Workspace workspace, IReadOnlyDictionary<string, string> kernels) => kernels
        .Select(kernel => (kernel.Key, Step: CurrentKernel.Find(workspace, kernel.Value) is { } current ? new StepLedger(workspace).Read(current.Step) : null))
        .Where(kernel => kernel.Step is not null)
        .ToDictionary(kernel => kernels.Count > 1 ? $"linux {kernel.Key}" : "linux", kernel => kernel.Step!);

    private static string? ExtraOf(Dictionary<string, StepState> kernels) =>
        kernels.Values.Select(step => step.Facts.GetValueOrDefault(KernelBuild.ExtraFact)).FirstOrDefault(fact => fact is not null);

    private static SortedDictionary<string, string> Tools(IEnumerable<StepState> steps)
    {
        const string Version = "version of ";
        var tools = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["dotnet"] = Environment.Version.ToString() };
        foreach (var (name, value) in steps.SelectMany(step => step.Inputs).Where(input => input.Key == "toolchain" || input.Key.StartsWith(Version, StringComparison.Ordinal)))
            tools[name.Replace(Version, "", StringComparison.Ordinal)] = value;
        return tools;
    }

    private static SortedDictionary<string, string> Pins(Dictionary<string, StepState> kernels)
    {
        var sources = kernels.Where(kernel => kernel.Value.Facts.ContainsKey("source")).ToDictionary(kernel => kernel.Key, kernel => kernel.Value.Facts["source"]);
        if (ExtraOf(kernels) is { } extra)
            sources["linux.config"] = extra;
        return new(sources, StringComparer.Ordinal);
    }
}
