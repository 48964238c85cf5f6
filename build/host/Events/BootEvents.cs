namespace SyscallBench.Build.Events;

/// <param name="Platform">What is booted.</param>
/// <param name="Boot">Boot of the platform, from 0.</param>
/// <param name="Order">Its place among all boots, from 0.</param>
/// <param name="Done">Boots that are over, those that were kept included.</param>
/// <param name="Total">Boots of the whole plan.</param>
/// <param name="Reason">Why it is made.</param>
public sealed record BootStarted(string Platform, int Boot, int Order, int Done, int Total, string Reason) : LogEvent;

/// <summary>A boot is over; one that was interrupted has no such event.</summary>
/// <param name="Platform">What was booted.</param>
/// <param name="Boot">Boot of the platform, from 0.</param>
/// <param name="Order">Its place among all boots, from 0.</param>
/// <param name="Total">Boots of the whole plan.</param>
/// <param name="Seconds">Time it took.</param>
/// <param name="Failure">Why it does not count; null where it does.</param>
/// <param name="Unit">What <paramref name="Scall"/> counts.</param>
/// <param name="Scall">Median of <c>scall</c> over the platform's boots of this run so far; null where it is not known.</param>
public sealed record BootFinished(
    string Platform, int Boot, int Order, int Total, double Seconds, string? Failure, string Unit, double? Scall) : LogEvent;
