namespace SyscallBench.Consoles;

/// <summary>Takes the lines of one boot in their order, finds the records in them, and says in the end whether the boot counts.</summary>
internal sealed class LineParser(string source, int boot)
{
    // A log of nothing but damaged lines must not fill an evening.
    private const int MostRejected = 10_000;

    // Beyond, a double is no whole number any more, and a loop of 3 GHz took a month.
    private const double MostTicks = 1L << 53;

    private readonly ArtifactReader _artifact = new(boot);
    private readonly List<Sample> _samples = [];
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private BootLog _log = new() { Source = source, Boot = boot };
    private Panic? _panic;
    private string? _oops;
    private string? _broken;
    private int _records;

    /// <summary>So much of the log is damaged that reading on is of no use.</summary>
    public bool IsFull => _log.RejectedCount > MostRejected;

    public void Read(int number, string line)
    {
        var at = 0;
        for (var start = line.IndexOf(Frame.Marker, StringComparison.Ordinal); start >= 0 && !IsFull; start = line.IndexOf(Frame.Marker, at, StringComparison.Ordinal))
        {
            var frame = Frame.Open(line.AsSpan(start), out var fault);

            // A cut record may have a whole one behind it.
            at = start + (frame?.Length ?? Frame.Marker.Length);
            if ((frame is null ? fault : Take(frame, number)) is { } reason)
                Reject(number, reason);
        }

        var rest = line[at..];
        _panic ??= Panic.Find(rest);
        if (_panic is null)
            _oops ??= Panic.FindOops(rest);
        if (_records == 0 && _artifact.Read(rest) is { } why)
            Reject(number, why);
    }

    public BootLog Finish()
    {
        var isArtifact = _records == 0 && _artifact.Rounds > 0;
        var log = _log with
        {
            Samples = isArtifact ? _artifact.Samples : _samples,
            IsArtifactFormat = isArtifact,
            States = _states,
            Panic = _panic,
            Oops = _oops,
            Rounds = isArtifact ? _artifact.Rounds : _log.Rounds,
        };
        var failure = IsFull ? $"more than {MostRejected} lines of the console are damaged" : ConsoleVerdict.WhyFailed(log, _broken, _records, _artifact.Announced);
        return ConsoleVerdict.WithFindings(log with { Failure = failure });
    }

    private void Reject(int line, string reason) =>
        _log = _log with { RejectedCount = _log.RejectedCount + 1, FirstRejected = _log.FirstRejected ?? new RejectedLine(line, reason) };

    // Whatever is wrong with the order of the records costs the boot: nobody can know what else is.
    private string? Take(Frame frame, int line)
    {
        var expected = _records++;
        if (frame.Kind == "begin" && _log.Begin is not null)
            _broken ??= $"{source}:{line} is a second begin: the guest started over, or the console was written twice";
        else if (frame.Sequence != expected)
            _broken ??= $"{source}:{line} is record {frame.Sequence?.ToString(CultureInfo.InvariantCulture) ?? "(no number)"} where record {expected} was due: records are missing, doubled or out of order";
        else if (_log.End is not null)
            _broken ??= $"{source}:{line} is a record behind the end";
        if (_broken is not null)
            return _broken;

        var fields = new RecordFields(frame.Fields);
        if (frame.Kind == "round")
            return TakeRound(fields);
        var log = frame.Kind switch
        {
            "begin" => _log with
            {
                Begin = new BeginRecord(fields.Count("rounds"), fields.Number("iters", least: 1), fields.Count("warmup"), fields.Number("nr"), fields.NumberOrAny("expect")),
            },
            "cpu" => _log with
            {
                Cpu = new CpuRecord(fields.Text("vendor"), fields.Text("model").Trim(), fields.Text("family"), fields.Text("stepping"), fields.Text("hypervisor")),
            },
            "clock" => _log with { Clock = new ClockRecord(fields.Number("khz", least: 0), fields.Text("source"), fields.Flag("invariant"), fields.Flag("rdtscp")) },
            "error" => _log with { Error = _log.Error ?? new ErrorRecord(fields.Text("what"), fields.Optional("value"), fields.Optional("expected")) },
            "end" => _log with { End = new EndRecord(fields.Number("records", least: 0), fields.Number("rounds", least: 0), (int)fields.Number("status", int.MinValue, int.MaxValue)) },
            "state" => WithState(fields),
            _ => null,
        };
        if (log is not null && fields.Fault is null)
            _log = log;
        return fields.Fault ?? (log is null ? $"unknown kind {SafeText.Escape(frame.Kind, 40)}" : null);
    }

    private BootLog WithState(RecordFields fields)
    {
        var (name, value) = (fields.Text("name"), fields.Text("value"));
        if (fields.Fault is null)
            _states[name] = value;
        return _log;
    }

    private string? TakeRound(RecordFields fields)
    {
        var number = fields.Count("n");
        double[] ticks = [fields.Ticks("tsc"), fields.Ticks("empty"), fields.Ticks("scall"), fields.Ticks("fcall")];
        fields.Text("interrupted");
        (Disturbance Kind, int? Regions)[] came =
        [
            (Disturbance.Interrupt, fields.Regions("interrupted")),
            (Disturbance.ContextSwitch, fields.Regions("switched")),
            (Disturbance.Migration, fields.Regions("moved")),
            (Disturbance.Steal, fields.Regions("stolen")),
        ];
        if (fields.Fault is not null)
            return fields.Fault;
        if (_log.Begin is not { } begin)
            return "a round before any begin: its iterations are not known";
        if (number != _log.Rounds || number >= begin.Rounds)
            return $"round {number} where round {_log.Rounds} of {begin.Rounds} was due";

        var seen = came.Where(each => each.Regions is not null).Aggregate(Disturbance.None, (all, each) => all | each.Kind);
        _log = _log with
        {
            Rounds = _log.Rounds + 1,
            Seen = _log.Rounds == 0 ? seen : _log.Seen & seen,
            InterruptsInvisible = _log.InterruptsInvisible || came[0].Regions is null,
        };
        if (ticks.Any(value => Math.Abs(value) >= MostTicks))
            return $"round {number} is left out: no loop takes so many ticks";

        _samples.Add(new Sample(boot, number, begin.Iterations, ticks[0], ticks[1], ticks[2], ticks[3])
        {
            TscDisturbed = DisturbedBy(0),
            EmptyDisturbed = DisturbedBy(1),
            ScallDisturbed = DisturbedBy(2),
            FcallDisturbed = DisturbedBy(3),
        });
        return null;

        Disturbance DisturbedBy(int region) => came
            .Where(each => (each.Regions & (1 << region)) > 0)
            .Aggregate(ticks[region] <= 0 ? Disturbance.Clock : Disturbance.None, (all, each) => all | each.Kind);
    }
}
