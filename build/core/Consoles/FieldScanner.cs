namespace SyscallBench.Consoles;

/// <summary>Walks over the <c>key=value</c> pairs of a record without allocating.</summary>
internal ref struct FieldScanner(ReadOnlySpan<byte> fields)
{
    private ReadOnlySpan<byte> _rest = fields;

    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>The value as it stands, escapes not resolved.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>A pair without a key or without an equals sign ended the walk.</summary>
    public bool IsMalformed { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var space = _rest.IndexOf((byte)' ');
        var pair = space < 0 ? _rest : _rest[..space];
        _rest = space < 0 ? default : _rest[(space + 1)..];
        var equals = pair.IndexOf((byte)'=');
        if (equals <= 0)
        {
            IsMalformed = true;
            return false;
        }

        Key = pair[..equals];
        Value = pair[(equals + 1)..];
        return true;
    }
}
