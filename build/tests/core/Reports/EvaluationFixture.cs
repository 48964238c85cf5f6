using SyscallBench.Boots;
using SyscallBench.Platforms;
using SyscallBench.Reports;
using SyscallBench.Results;
using SyscallBench.Steps;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Reports;

/// <summary>A tree whose eval/raw holds captured consoles as a run leaves them.</summary>
internal sealed class EvaluationFixture : IDisposable
{
    private readonly TemporaryWorkspace _files = new();
    private static readonly BenchmarkArguments _benchmark = new(20, 1000, 1);

    private readonly List<PlatformRun> _platforms = [];

    public Workspace Workspace => _files.Workspace;

    public void Dispose() => _files.Dispose();

    /// <summary>Boots of a platform, each with the same captured console.</summary>
    public EvaluationFixture WithBoots(string platform, string captured, int boots = 2, string? reason = null, string cpu = "Skylake-Client-v1", SystemCall? call = null, string? kernel = null)
    {
        var store = new BootStore(Workspace.RawEvaluation);
        var setting = Settings.Of(platform) with { Cpu = cpu, Arguments = _benchmark.With(call).ToString() };
        if (kernel is not null)
            setting = setting with { Hashes = new Dictionary<string, string> { ["kernel"] = Sha256.Of(kernel) } };
        var counted = new List<CountedBoot>();
        for (var boot = 0; boot < boots; boot++)
        {
            var log = store.LogPath(setting, boot);
            Directory.CreateDirectory(Path.GetDirectoryName(log)!);
            File.Copy(Captured.PathOf(captured), log);
            counted.Add(new CountedBoot(boot, Path.GetRelativePath(Workspace.RawEvaluation, log), Sha256.OfFile(log), DateTimeOffset.UnixEpoch, null));
        }

        return With(setting, counted, reason, call, kernel: kernel);
    }

    /// <summary>A platform without boots.</summary>
    public EvaluationFixture WithoutBoots(string platform, string reason, SystemCall? call = null) => With(call is null ? Settings.Of(platform) : null, [], reason, call, platform);

    /// <summary>Two platforms under two CPU models, as they were measured.</summary>
    public EvaluationFixture WithTwoModels() => this
        .WithBoots("linux-nomitig", "linux-nomitig-skylake.log")
        .WithBoots("linux", "linux-skylake.log")
        .WithBoots("linux-nomitig", "linux-nomitig-epyc.log", cpu: "EPYC-v1")
        .WithBoots("linux", "linux-epyc.log", cpu: "EPYC-v1");

    /// <summary>Two kernels, which cost what another CPU model made the second cost.</summary>
    public EvaluationFixture WithTwoKernels() => this
        .WithBoots("linux-nomitig", "linux-nomitig-skylake.log", kernel: "6.1")
        .WithBoots("linux", "linux-skylake.log", kernel: "6.1")
        .WithBoots("linux-nomitig", "linux-nomitig-skylake.log", kernel: "6.12")
        .WithBoots("linux", "linux-epyc.log", kernel: "6.12");

    /// <summary>Where Parse puts what it reads of a platform.</summary>
    public string ParsedOf(string platform, string extension) => Path.Combine(Workspace.ParsedEvaluation, platform, $"{SettingOf(platform).Name}.{extension}");

    /// <summary>As if the platform had not been asked for.</summary>
    public void Forget(string platform) => _platforms.RemoveAll(run => run.Platform == platform);

    public string LogOf(string platform, int boot) => new BootStore(Workspace.RawEvaluation).LogPath(SettingOf(platform), boot);

    public static Setting SettingOf(string platform) => Settings.Of(platform) with { Arguments = _benchmark.ToString() };

    public StepResult Parse()
    {
        new RunRecord
        {
            Id = "20210426T000000000Z",
            Started = DateTimeOffset.UnixEpoch,
            Origin = new RunOrigin(),
            Plan = [],
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
        return new ConsoleParsing(Workspace).Run(TestContext.Current.CancellationToken);
    }

    public ResultsProcessing Processing() => new(Workspace, new ProvenanceReader("test", () => null, 1));

    private EvaluationFixture With(Setting? setting, IReadOnlyList<CountedBoot> boots, string? reason, SystemCall? call, string? platform = null, string? kernel = null)
    {
        _platforms.Add(new PlatformRun
        {
            Platform = platform ?? setting!.Platform,
            Label = platform ?? setting!.Platform,
            Role = PlatformRole.Subject,
            Unit = Unit.Instructions,
            Benchmark = _benchmark.With(call),
            SystemCall = call?.Name,
            Kernel = kernel,
            Setting = setting,
            Boots = boots,
            Reason = reason,
        });
        return this;
    }
}
