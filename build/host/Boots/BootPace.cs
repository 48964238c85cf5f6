using SyscallBench.Boots;

namespace SyscallBench.Build.Boots;

/// <summary>How long boots take, by platform, and so how long the rest of them will.</summary>
internal sealed class BootPace
{
    private readonly Dictionary<string, (int Boots, TimeSpan Time)> _byPlatform = [];
    private readonly HashSet<string> _failed = [];
    private (DateTimeOffset From, DateTimeOffset To, TimeSpan InAll)? _over;

    public void Add(BootRecord record)
    {
        var (from, to, inAll) = _over ?? (record.Started, record.Finished, TimeSpan.Zero);
        _over = (from < record.Started ? from : record.Started, to > record.Finished ? to : record.Finished, inAll + (record.Finished - record.Started));

        // One that failed has none of its platform after it, and took the time of its deadline rather than its own.
        if (record.Failure is not null)
        {
            _failed.Add(record.Setting.Platform);
            return;
        }

        var (boots, time) = _byPlatform.GetValueOrDefault(record.Setting.Platform);
        _byPlatform[record.Setting.Platform] = (boots + 1, time + (record.Finished - record.Started));
    }

    /// <summary>
    /// Time that these boots will take, as many at once as so far; null while none is over. A platform that was not booted yet is taken for an average one.
    /// </summary>
    public TimeSpan? Left(IEnumerable<PlannedBoot> boots)
    {
        if (_byPlatform.Count == 0 || _over is not { } over)
            return null;
        var atOnce = Math.Max(1, over.InAll / (over.To - over.From));
        var means = _byPlatform.ToDictionary(entry => entry.Key, entry => entry.Value.Time / entry.Value.Boots);
        var average = TimeSpan.FromSeconds(means.Values.Average(mean => mean.TotalSeconds));
        return boots
            .Where(boot => !_failed.Contains(boot.Platform.Name))
            .Aggregate(TimeSpan.Zero, (sum, boot) => sum + means.GetValueOrDefault(boot.Platform.Name, average)) / atOnce;
    }
}
