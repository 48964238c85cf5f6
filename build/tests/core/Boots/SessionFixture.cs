using SyscallBench.Boots;
using SyscallBench.Platforms;
using SyscallBench.Processes;
using SyscallBench.Steps;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

/// <summary>Sessions in a source tree of their own, whose path has a space and a comma in it.</summary>
public sealed class SessionFixture : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ProcessRunner _processes = new();
    private readonly ImageSet _images;

    public SessionFixture(ImageSet images)
    {
        _images = images;
        Workspace = new Workspace(_folder.Path("a tree, elsewhere"));
        Directory.CreateDirectory(Workspace.Root);
    }

    public Workspace Workspace { get; }

    public RecordingProgress Progress { get; } = new();

    public BootOptions Options(string platforms) => new()
    {
        Platforms = [.. platforms.Split(',').Select(name => new PlatformCatalog().Select(name)[0])],
        Accelerator = Accelerator.Tcg,
        Deadline = TimeSpan.FromMinutes(2),
    };

    /// <summary>How often it was asked where a run's numbers come from, which takes Git.</summary>
    public int TimesAsked { get; private set; }

    public Task<RunRecord> RunAsync(BootOptions options, ImageSet? images = null, CancellationToken cancellation = default) =>
        Session(options, images ?? _images).RunAsync(cancellation);

    public Task<AcceleratorChoice> ChooseAsync(BootOptions options) => Session(options, _images).ChooseAsync(TestContext.Current.CancellationToken);

    /// <summary>The console of a boot of the last run.</summary>
    public string LogPath(string platform, int boot) => Path.Combine(
        Workspace.RawEvaluation,
        RunRecord.Read(Workspace.RawEvaluation).Platforms.Single(run => run.Platform == platform).Boots.Single(counted => counted.Boot == boot).Log);

    public string Log(string platform, int boot) => File.ReadAllText(LogPath(platform, boot));

    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Processes that run in this source tree, as QEMU does.</summary>
    public IReadOnlyList<string> Guests() =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => char.IsDigit(Path.GetFileName(folder)[0]) && WorkingDirectory(folder) == Workspace.Root)];

    public void Dispose()
    {
        _processes.Dispose();
        _folder.Dispose();
    }

    private BootSession Session(BootOptions options, ImageSet images) => new(
        options, images, Workspace, _processes, new FileHasher(Path.Combine(Workspace.State, "hashes.json")), Origin, (_, _) => Task.FromResult<IReadOnlyList<Finding>>([]), Progress);

    private RunOrigin Origin()
    {
        TimesAsked++;
        return new RunOrigin { Program = "test" };
    }

    private static string? WorkingDirectory(string process)
    {
        try
        {
            return File.ResolveLinkTarget($"{process}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
