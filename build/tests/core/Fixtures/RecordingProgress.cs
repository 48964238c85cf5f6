using SyscallBench.Boots;

namespace SyscallBench.Tests.Fixtures;

/// <summary>Remembers what a session said.</summary>
public sealed class RecordingProgress : IBootProgress
{
    private readonly HashSet<PlannedBoot> _underway = [];

    public List<string> Sentences { get; } = [];

    /// <summary>Platform, boot and why.</summary>
    public List<string> Started { get; } = [];

    public List<BootRecord> Finished { get; } = [];

    /// <summary>Boots that were under way at one time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Called after each attempt.</summary>
    public Action? AfterBoot { get; set; }

    public void Say(string sentence) => Sentences.Add(sentence);

    public void Missing(IReadOnlyList<PlannedBoot> boots)
    {
        // What starts of them is recorded.
    }

    public void Starting(PlannedBoot boot, int done, int total, string why)
    {
        Started.Add($"{boot}: {why}");
        _underway.Add(boot);
        MostAtOnce = Math.Max(MostAtOnce, _underway.Count);
    }

    void IBootProgress.Finished(PlannedBoot boot, BootRecord record)
    {
        Finished.Add(record);
        _underway.Remove(boot);
        AfterBoot?.Invoke();
    }
}
