using SyscallBench.Model;

namespace SyscallBench.Consoles;

/// <summary>What is known of a boot while its log is read.</summary>
internal sealed class BootState(string source, int boot, Action<Sample> take)
{
    // A log of nothing but damaged lines must not fill the memory, nor anybody's screen.
    private const int MostRejectedKept = 20;

    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private readonly List<ErrorRecord> _errors = [];
    private readonly List<RejectedLine> _rejected = [];
    private CpuRecord? _cpu;
    private ClockRecord? _clock;
    private EndRecord? _end;
    private long _rounds;
    private long _lastRound = -1;
    private long _rejectedCount;
    private long? _restartLine;
    private bool _interruptsInvisible;
    private Disturbance _seen;

    public BeginRecord? Begin { get; private set; }

    public Panic? Panic { get; set; }

    public void Reject(long line, string reason)
    {
        _rejectedCount++;
        if (_rejected.Count < MostRejectedKept)
        {
            _rejected.Add(new RejectedLine(line, reason));
        }
    }

    /// <summary>A guest that reset itself counts from 0 again.</summary>
    public bool IsRestart(long sequence, ReadOnlySpan<byte> kind) => sequence == 0 && Begin is not null && kind.SequenceEqual("begin"u8);

    public string Restart(long line)
    {
        _restartLine ??= line;
        return "a second begin: the guest started over, or the console was written twice";
    }

    /// <returns>Why the record is not taken; null when it is.</returns>
    public string? Take(FieldMap fields, Func<FieldMap, object> read)
    {
        var record = read(fields);
        if (fields.Fault is not null)
        {
            return fields.Fault;
        }

        switch (record)
        {
            case BeginRecord begin: Begin = begin; break;
            case CpuRecord cpu: _cpu = cpu; break;
            case ClockRecord clock: _clock = clock; break;
            case KeyValuePair<string, string> state: _states[state.Key] = state.Value; break;
            case ErrorRecord error: _errors.Add(error); break;
            case EndRecord end: _end = end; break;
        }

        return null;
    }

    /// <inheritdoc cref="Take"/>
    public string? TakeRound(ReadOnlySpan<byte> fields)
    {
        if (RoundRecord.TryParse(fields, out var round) is { } fault)
        {
            return fault;
        }

        if (Begin is null)
        {
            return "a round before any begin: its iterations are not known";
        }

        if (round.Number <= _lastRound || round.Number >= Begin.Rounds)
        {
            return $"round {round.Number} after round {_lastRound} of {Begin.Rounds}: the record is a duplicate or out of order";
        }

        _lastRound = round.Number;
        _seen = _rounds++ == 0 ? round.Seen : _seen & round.Seen;
        _interruptsInvisible |= round.Interrupted is null;
        take(round.ToSample(boot, Begin.Iterations));
        return null;
    }

    public BootLog Finish(SequenceTracker sequence, ArtifactReader artifact)
    {
        sequence.TakeTotal(_end?.Records ?? 0);
        var log = new BootLog
        {
            Source = source,
            Boot = boot,
            IsArtifactFormat = Begin is null && artifact.Rounds > 0,
            ArtifactRounds = artifact.Announced,
            Begin = Begin,
            Cpu = _cpu,
            Clock = _clock,
            States = _states,
            Errors = _errors,
            End = _end,
            Panic = Panic,
            Rounds = _rounds + artifact.Rounds,
            LostRecords = sequence.Lost,
            InterruptsInvisible = _interruptsInvisible,
            Seen = _seen,
            RejectedCount = _rejectedCount,
            Rejected = _rejected,
        };
        var failed = log with { Failure = _restartLine is { } line ? $"the guest started over at {source}:{line}" : BootFailure.Of(log) };
        return failed with { Findings = BootFindings.Of(failed) };
    }
}
