using System.Diagnostics;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>How Parse or Process ended.</summary>
/// <param name="UpToDate">Nothing was done because nothing changed.</param>
/// <param name="Reason">Why it was done, or that nothing changed.</param>
/// <param name="Elapsed">Time it took.</param>
public sealed record EvaluationResult(bool UpToDate, string Reason, TimeSpan Elapsed);

/// <summary>Does a step of the evaluation unless its inputs and outputs are as the last time left them.</summary>
internal sealed class EvaluationStep(Workspace workspace, string name)
{
    private static readonly Dictionary<string, string> _noFacts = [];

    /// <summary>Of the compiled program's content, since it is compiled deterministically.</summary>
    public static string Program { get; } = typeof(EvaluationStep).Assembly.ManifestModule.ModuleVersionId.ToString();

    private readonly StepLedger _ledger = new(workspace, workspace.RunState);

    /// <summary>Begins with this program itself: what a parser or a statistic makes of the same files may be something else tomorrow.</summary>
    public Fingerprint NewFingerprint() => _ledger.NewFingerprint().Add("this program", Program);

    /// <param name="inputs">Everything that decides the outputs.</param>
    /// <param name="work">Makes the outputs, each atomically, and returns their paths.</param>
    public EvaluationResult Run(Fingerprint inputs, Func<IEnumerable<string>> work)
    {
        var watch = Stopwatch.StartNew();
        var reason = _ledger.WhyStale(name, inputs);
        if (reason is null)
        {
            _ledger.Hasher.Save();
            return new EvaluationResult(true, "nothing changed", watch.Elapsed);
        }

        _ledger.Forget(name);
        _ledger.Record(name, inputs, work(), _noFacts);
        return new EvaluationResult(false, reason == "first build" ? "first time" : reason, watch.Elapsed);
    }
}
