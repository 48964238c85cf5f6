using SyscallBench.Consoles;
using SyscallBench.Model;

namespace SyscallBench.Results;

/// <summary>One line of a sample file.</summary>
internal static class SampleLine
{
    /// <returns>What is wrong with the line; null when it is a sample.</returns>
    public static string? TryParse(ReadOnlySpan<byte> line, out Sample sample)
    {
        sample = default;
        Span<Range> columns = stackalloc Range[SampleCsv.Columns];
        var count = Split(line, columns);
        if (count != SampleCsv.Columns)
        {
            return $"{count} instead of {SampleCsv.Columns} columns";
        }

        if (!Digits.TryParse(line[columns[0]], out var boot) || boot is < 0 or > int.MaxValue)
        {
            return "boot is no number";
        }

        if (!Digits.TryParse(line[columns[1]], out var round) || round is < 0 or > int.MaxValue)
        {
            return "round is no number";
        }

        var fault = line[columns[2]].IsEmpty
            ? TryParsePerCall(line, columns, out sample)
            : TryParseTicks(line, columns, out sample);
        return fault ?? TryParseDisturbances(line, columns, ref sample, (int)boot, (int)round);
    }

    private static int Split(ReadOnlySpan<byte> line, Span<Range> columns)
    {
        var count = 0;
        for (var start = 0; start <= line.Length; count++)
        {
            var comma = line[start..].IndexOf((byte)',');
            var end = comma < 0 ? line.Length : start + comma;
            if (count < columns.Length)
            {
                columns[count] = start..end;
            }

            start = end + 1;
        }

        return count;
    }

    private static string? TryParseTicks(ReadOnlySpan<byte> line, ReadOnlySpan<Range> columns, out Sample sample)
    {
        sample = default;
        if (!Digits.TryParse(line[columns[2]], out var iterations) || iterations < 1)
        {
            return "iterations is no positive number";
        }

        if (!Digits.TryParse(line[columns[3]], out var tsc) || !Digits.TryParse(line[columns[4]], out var empty)
            || !Digits.TryParse(line[columns[5]], out var scall) || !Digits.TryParse(line[columns[6]], out var fcall))
        {
            return "tsc, empty, scall or fcall is no whole number";
        }

        sample = new Sample(0, 0, iterations, tsc, empty, scall, fcall);
        return null;
    }

    private static string? TryParsePerCall(ReadOnlySpan<byte> line, ReadOnlySpan<Range> columns, out Sample sample)
    {
        sample = default;
        if (!line[columns[4]].IsEmpty)
        {
            return "empty has a value and iterations has none";
        }

        if (!Digits.TryParse(line[columns[3]], out var tsc)
            || !FixedPoint.TryParse(line[columns[5]], out var scall) || !FixedPoint.TryParse(line[columns[6]], out var fcall))
        {
            return "tsc, scall or fcall is no number";
        }

        sample = new Sample(0, 0, FixedPoint.One, tsc, 0, scall, fcall) { PerCall = true };
        return null;
    }

    private static string? TryParseDisturbances(ReadOnlySpan<byte> line, ReadOnlySpan<Range> columns, ref Sample sample, int boot, int round)
    {
        if (!DisturbanceNames.TryRead(line[columns[7]], out var tsc) || !DisturbanceNames.TryRead(line[columns[8]], out var empty)
            || !DisturbanceNames.TryRead(line[columns[9]], out var scall) || !DisturbanceNames.TryRead(line[columns[10]], out var fcall))
        {
            return $"a _spoilt column is none of {DisturbanceNames.All}, joined by +";
        }

        sample = sample with { Boot = boot, Round = round, TscDisturbed = tsc, EmptyDisturbed = empty, ScallDisturbed = scall, FcallDisturbed = fcall };
        return null;
    }
}
