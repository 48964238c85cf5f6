using System.Text;
using SyscallBench.Model;

namespace SyscallBench.Consoles;

/// <summary>How <see cref="Disturbance"/> is written in files: lower-case names joined by <c>+</c>, nothing where nothing spoilt the region.</summary>
internal static class DisturbanceNames
{
    private static readonly (Disturbance Flag, byte[] Name)[] _names =
    [
        (Disturbance.Interrupt, "interrupt"u8.ToArray()),
        (Disturbance.Steal, "steal"u8.ToArray()),
        (Disturbance.ContextSwitch, "context-switch"u8.ToArray()),
        (Disturbance.Migration, "migration"u8.ToArray()),
        (Disturbance.Clock, "clock"u8.ToArray()),
    ];

    /// <summary>Every name, as an error message lists them.</summary>
    public static string All => string.Join(", ", _names.Select(entry => Encoding.ASCII.GetString(entry.Name)));

    /// <summary>The same as text.</summary>
    public static string Format(Disturbance spoilt)
        => string.Join('+', _names.Where(entry => (spoilt & entry.Flag) != 0).Select(entry => Encoding.ASCII.GetString(entry.Name)));

    public static int Write(Disturbance spoilt, Span<byte> target)
    {
        var length = 0;
        foreach (var (flag, name) in _names)
        {
            if ((spoilt & flag) == 0)
            {
                continue;
            }

            if (length > 0)
            {
                target[length++] = (byte)'+';
            }

            name.CopyTo(target[length..]);
            length += name.Length;
        }

        return length;
    }

    public static bool TryRead(ReadOnlySpan<byte> text, out Disturbance spoilt)
    {
        spoilt = Disturbance.None;
        while (!text.IsEmpty)
        {
            var plus = text.IndexOf((byte)'+');
            var flag = Find(plus < 0 ? text : text[..plus]);
            if (flag == Disturbance.None)
            {
                return false;
            }

            spoilt |= flag;
            text = plus < 0 ? default : text[(plus + 1)..];
        }

        return true;
    }

    private static Disturbance Find(ReadOnlySpan<byte> text)
    {
        foreach (var (flag, name) in _names)
        {
            if (text.SequenceEqual(name))
            {
                return flag;
            }
        }

        return Disturbance.None;
    }
}
