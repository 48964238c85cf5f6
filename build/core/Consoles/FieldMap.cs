using System.Text;

namespace SyscallBench.Consoles;

/// <summary>
/// The fields of one record by name, for the kinds that come a few times a boot. The first thing wrong is kept in <see cref="Fault"/>,
/// so that a record is read in one expression and judged afterwards.
/// </summary>
internal sealed class FieldMap
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public FieldMap(ReadOnlySpan<byte> fields)
    {
        var scanner = new FieldScanner(fields);
        while (scanner.MoveNext())
        {
            var key = Encoding.ASCII.GetString(scanner.Key);
            if (!PercentText.TryDecode(scanner.Value, out var value))
            {
                Fault ??= $"key {key} has a malformed escape";
            }
            else if (!_values.TryAdd(key, value))
            {
                Fault ??= $"key {key} is there twice";
            }
        }

        Fault ??= scanner.IsMalformed ? "a field is no key=value" : null;
    }

    /// <summary>Why the record is not valid; null as long as nothing is wrong.</summary>
    public string? Fault { get; private set; }

    public string Text(string key)
    {
        if (_values.TryGetValue(key, out var value))
        {
            return value;
        }

        Fault ??= $"key {key} is missing";
        return "";
    }

    public string? OptionalText(string key) => _values.GetValueOrDefault(key);

    public long Number(string key, long least = long.MinValue, long most = long.MaxValue)
    {
        var text = Text(key);
        if (Digits.TryParse(Encoding.UTF8.GetBytes(text), out var value) && value >= least && value <= most)
        {
            return value;
        }

        Fault ??= $"key {key} is malformed: {text}";
        return 0;
    }

    public int SmallNumber(string key) => (int)Number(key, 0, int.MaxValue);

    public bool Flag(string key) => Number(key, 0, 1) == 1;

    /// <summary>A number in any base the program's arguments may have, or null for the word <c>any</c>.</summary>
    public long? NumberOrAny(string key)
    {
        var text = Text(key);
        if (text == "any")
        {
            return null;
        }

        if (Digits.TryParseAnyBase(Encoding.UTF8.GetBytes(text), out var value))
        {
            return value;
        }

        Fault ??= $"key {key} is malformed: {text}";
        return null;
    }
}
