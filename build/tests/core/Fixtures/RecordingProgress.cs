using SyscallBench.Boots;

namespace SyscallBench.Tests.Fixtures;

/// <summary>Remembers what a session said.</summary>
public sealed class RecordingProgress : IBootProgress
{
    public List<string> Sentences { get; } = [];

    /// <summary>Platform, boot and why.</summary>
    public List<string> Started { get; } = [];

    public IReadOnlyList<PlannedBoot> Plan { get; private set; } = [];

    public List<BootRecord> Finished { get; } = [];

    /// <summary>Called after each attempt.</summary>
    public Action? AfterBoot { get; set; }

    public void Say(string sentence) => Sentences.Add(sentence);

    public void Planned(IReadOnlyList<PlannedBoot> plan) => Plan = plan;

    public void Starting(PlannedBoot boot, int done, int total, string why) => Started.Add($"{boot}: {why}");

    void IBootProgress.Finished(PlannedBoot boot, BootRecord record)
    {
        Finished.Add(record);
        AfterBoot?.Invoke();
    }
}
