namespace SyscallBench.Consoles;

/// <summary>How each kind of record but the round is read from its fields.</summary>
internal static class RecordKinds
{
    public static object Begin(FieldMap fields) => new BeginRecord(
        fields.SmallNumber("rounds"),
        fields.Number("iters", least: 1),
        fields.SmallNumber("warmup"),
        fields.Number("nr"),
        fields.NumberOrAny("expect"));

    public static object Cpu(FieldMap fields) => new CpuRecord(
        fields.Text("vendor"),
        fields.Text("model").Trim(),
        fields.Text("family"),
        fields.Text("stepping"),
        fields.Text("hypervisor"));

    public static object Clock(FieldMap fields) => new ClockRecord(
        fields.Number("khz", least: 0),
        fields.Text("source"),
        fields.Flag("invariant"),
        fields.Flag("rdtscp"));

    public static object State(FieldMap fields) => KeyValuePair.Create(fields.Text("name"), fields.Text("value"));

    public static object Error(FieldMap fields) => new ErrorRecord(
        fields.Text("what"),
        fields.OptionalText("value"),
        fields.OptionalText("expected"));

    public static object End(FieldMap fields) => new EndRecord(
        fields.Number("records", least: 0),
        fields.Number("rounds", least: 0),
        (int)fields.Number("status", int.MinValue, int.MaxValue));
}
