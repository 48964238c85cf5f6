using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

/// <summary>A tree whose eval/raw holds captured consoles as a run leaves them.</summary>
internal sealed class EvaluationFixture : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private readonly List<PlatformRun> _platforms = [];

    public Workspace Workspace => _files.Workspace;

    public void Dispose() => _files.Dispose();

    /// <summary>Boots of a platform, each with the same captured console.</summary>
    public EvaluationFixture WithBoots(string platform, string captured, int boots = 2, string? reason = null)
    {
        var store = new BootStore(Workspace.RawEvaluation);
        for (var boot = 0; boot < boots; boot++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(store.LogPath(platform, boot))!);
            File.Copy(Captured.PathOf(captured), store.LogPath(platform, boot));
        }

        return With(platform, [.. Enumerable.Range(0, boots)], reason);
    }

    /// <summary>A platform without boots.</summary>
    public EvaluationFixture WithoutBoots(string platform, string reason) => With(platform, [], reason);

    public string LogOf(string platform, int boot) => new BootStore(Workspace.RawEvaluation).LogPath(platform, boot);

    public EvaluationResult Parse()
    {
        new RunRecord
        {
            Accelerator = "tcg",
            AcceleratorReason = "a test",
            Unit = Unit.Instructions,
            GuestCpu = "Skylake-Client-v1",
            Seed = 1,
            Runs = 2,
            Pinning = "nowhere",
            Hashes = new Dictionary<string, string>(),
            Platforms = _platforms,
        }.Write(Workspace.RawEvaluation);
        return new ConsoleParsing(Workspace, new PlatformCatalog()).Run(TestContext.Current.CancellationToken);
    }

    public ResultsProcessing Processing() => new(Workspace, new ProvenanceReader(Workspace, new SystemFiles()) { Program = "test", Seed = 1, Kernel = "debian" });

    private EvaluationFixture With(string platform, IReadOnlyList<int> boots, string? reason)
    {
        _platforms.Add(new PlatformRun(platform, Unit.Instructions, new BenchmarkArguments(20, 1000, 1), boots, reason, null));
        return this;
    }
}
