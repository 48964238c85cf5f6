namespace SyscallBench.Tests;

/// <summary>Runs a test as on a machine of another culture, then puts the old one back.</summary>
internal sealed class InCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    /// <param name="name">One of <see cref="Names"/>.</param>
    public InCulture(string name)
    {
        CultureInfo.CurrentCulture = Make(name);
        Assert.Equal(name.Length == 0 ? "-1.5" : "\u22121,5", (-1.5).ToString(CultureInfo.CurrentCulture));
    }

    /// <summary>The invariant culture, and two whose numbers and dates look different in every way.</summary>
    public static TheoryData<string> Names => ["", "comma and point", "comma and space"];

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    // Made by hand: a machine without ICU has no culture but the invariant one.
    private static CultureInfo Make(string name)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        if (name.Length == 0)
            return culture;
        var group = name == "comma and point" ? "." : "\u00a0";
        culture.NumberFormat = new NumberFormatInfo
        {
            NumberDecimalSeparator = ",",
            NumberGroupSeparator = group,
            PercentDecimalSeparator = ",",
            PercentGroupSeparator = group,
            NegativeSign = "\u2212",
            PositiveSign = "\u2795",
            NaNSymbol = "none",
            PositiveInfinitySymbol = "much",
        };
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = "h";
        return culture;
    }
}
