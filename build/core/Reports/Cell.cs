using System.Globalization;
using SyscallBench.Model;

namespace SyscallBench.Reports;

/// <summary>What a column says of one row, before it is decided who reads it: a word, a number or an interval, or nothing.</summary>
public readonly record struct Cell
{
    private readonly string? _text;
    private readonly double? _number;
    private readonly Interval? _interval;

    private Cell(string? text, double? number, Interval? interval) => (_text, _number, _interval) = (text, number, interval);

    public static Cell Of(string? text) => new(text, null, null);

    public static Cell Of(double? number) => new(null, number, null);

    public static Cell Of(Interval? interval) => new(null, null, interval);

    /// <summary>For a program: full precision (the shortest text that reads back to the same number), empty where there is nothing.</summary>
    public string Exact => _text ?? _number?.ToString("R", CultureInfo.InvariantCulture)
        ?? (_interval is { } ci ? string.Create(CultureInfo.InvariantCulture, $"{ci.Low:R};{ci.High:R}") : string.Empty);

    /// <summary>For a person: rounded, <c>-</c> where there is nothing.</summary>
    public string Rounded => _text ?? (_interval is { } ci ? Readable.Interval(ci) : Readable.Number(_number));
}
