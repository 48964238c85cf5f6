using SyscallBench.Builds;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Boots;

/// <summary>Collects where a run's numbers will come from: what the builds recorded, and the machine.</summary>
public static class OriginReader
{
    private static readonly string[] _steps = ["benchmark", "floor", ElfloaderBuild.NameOf(Sources.Pins.Unikraft), ElfloaderBuild.NameOf(Sources.Pins.Unikraft017)];

    /// <param name="workspace">The source tree.</param>
    /// <param name="files">The machine's files.</param>
    /// <param name="kernel">What <c>--kernel</c> said.</param>
    public static RunOrigin Read(Workspace workspace, SystemFiles files, string kernel)
    {
        var ledger = new StepLedger(workspace);
        var step = CurrentKernel.Find(workspace, kernel) is { } current ? ledger.Read(current.Step) : null;
        var extra = step?.Facts.GetValueOrDefault(KernelBuild.ExtraFact);
        return new RunOrigin
        {
            Machine = HostFacts.Read(files).ToRecord(),
            Tools = Tools(_steps.Select(ledger.Read).Append(step).OfType<StepState>()),
            Pins = Pins(step, extra),
            KernelNote = extra is null ? null : $"kernel with {extra}",
        };
    }

    private static SortedDictionary<string, string> Tools(IEnumerable<StepState> steps)
    {
        const string Prefix = "version of ";
        var tools = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["dotnet"] = Environment.Version.ToString() };
        foreach (var (name, value) in steps.SelectMany(step => step.Inputs).Where(input => input.Key == "toolchain" || input.Key.StartsWith(Prefix, StringComparison.Ordinal)))
            tools[name.Replace(Prefix, "", StringComparison.Ordinal)] = value;
        return tools;
    }

    private static SortedDictionary<string, string> Pins(StepState? kernel, string? extra)
    {
        var pins = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (kernel is not null && kernel.Facts.TryGetValue("source", out var source))
            pins["linux"] = source;
        if (extra is not null)
            pins["linux.config"] = extra;
        return pins;
    }
}
