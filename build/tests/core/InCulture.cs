using System.Globalization;

namespace SyscallBench.Tests;

/// <summary>Runs a test as on a machine of another culture, then puts the old one back.</summary>
internal sealed class InCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public InCulture(string name)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        if (name.Length > 0)
            Assert.SkipWhen(CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == ".", $"culture {name} is not on this machine (no ICU)");
    }

    /// <summary>The invariant culture, one with a decimal comma, and one in which <c>i</c> is not the small <c>I</c>.</summary>
    public static TheoryData<string> Names => ["", "de-DE", "tr-TR"];

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
