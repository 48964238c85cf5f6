namespace SyscallBench.Boots;

/// <summary>Hears how the boots go, so that somebody can be told.</summary>
public interface IBootProgress
{
    /// <summary>A choice that was made, one sentence: the accelerator, the pinning.</summary>
    void Say(string sentence);

    /// <summary>What is to be there in the end, before the first boot starts. Those that are there already will be kept.</summary>
    void Planned(IReadOnlyList<PlannedBoot> plan);

    /// <summary>A boot starts.</summary>
    /// <param name="boot">Which.</param>
    /// <param name="done">Boots that are over, those that were kept included.</param>
    /// <param name="total">Boots of the whole plan.</param>
    /// <param name="why">Why it is made: <c>not booted yet</c>, <c>arguments changed</c>, …</param>
    void Starting(PlannedBoot boot, int done, int total, string why);

    /// <summary>A boot is over; its record says whether it counts.</summary>
    void Finished(PlannedBoot boot, BootRecord record);
}
