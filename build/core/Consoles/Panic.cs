using System.Buffers;
using System.Globalization;
using System.Text;

namespace SyscallBench.Consoles;

/// <summary>
/// A kernel's last words. When PID 1 exits, Linux panics and gives its wait status: that is how every boot ends, well or badly.
/// </summary>
/// <param name="Message">What follows <c>Kernel panic - not syncing:</c>.</param>
/// <param name="WaitStatus">Status as of <c>wait(2)</c>; null for a panic of any other reason.</param>
public sealed record Panic(string Message, int? WaitStatus)
{
    private const int SignalMask = 0x7f;
    private static readonly SearchValues<byte> _hexDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>PID 1 exited with 0: the expected end of a boot.</summary>
    public bool IsSuccess => WaitStatus == 0;

    /// <summary>One clause that says what happened.</summary>
    public string Explanation => WaitStatus switch
    {
        null => $"the kernel panicked: {Message}",
        0 => "the benchmark exited with 0",
        { } status when (status & SignalMask) != 0 => $"the benchmark was killed by {Signals.Name(status & SignalMask)} (exitcode=0x{status:x8})",
        { } status => $"the benchmark exited with {(status >> 8) & 0xff} (exitcode=0x{status:x8})",
    };

    internal static ReadOnlySpan<byte> Marker => "Kernel panic - not syncing: "u8;

    private static ReadOnlySpan<byte> StatusMarker => "Attempted to kill init! exitcode=0x"u8;

    /// <summary>The panic that a console line reports; null where it reports none.</summary>
    internal static Panic? Find(ReadOnlySpan<byte> line)
    {
        var start = line.IndexOf(Marker);
        if (start < 0)
        {
            return null;
        }

        var message = line[(start + Marker.Length)..];
        return new Panic(Encoding.UTF8.GetString(message).Trim(), FindStatus(message));
    }

    private static int? FindStatus(ReadOnlySpan<byte> message)
    {
        if (!message.StartsWith(StatusMarker))
        {
            return null;
        }

        var digits = message[StatusMarker.Length..];
        var length = digits.IndexOfAnyExcept(_hexDigits);
        digits = length < 0 ? digits : digits[..length];
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var status) ? status : null;
    }
}
