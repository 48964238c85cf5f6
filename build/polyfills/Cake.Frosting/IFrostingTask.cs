using Cake.Core;

namespace Cake.Frosting;

/// <summary>What the host asks of a task; the base classes fill it in.</summary>
public interface IFrostingTask
{
    Task RunAsync(ICakeContext context);

    bool ShouldRun(ICakeContext context);

    /// <summary>Why a task was skipped, for the report.</summary>
    string SkippedMessage => string.Empty;

    void OnError(Exception exception, ICakeContext context);

    void Finally(ICakeContext context);
}
