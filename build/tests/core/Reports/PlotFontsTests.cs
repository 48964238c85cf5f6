using SyscallBench.Reports;

namespace SyscallBench.Tests.Reports;

public sealed class PlotFontsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_Have_A_Glyph_For_Every_Character_When_No_Font_Is_Installed(bool bold)
    {
        using var canvas = PlotCanvas.Create();

        var font = ScottPlot.Fonts.GetTypeface(PlotFonts.Name, bold, italic: false);

        Assert.Equal(PlotFonts.Family, font.FamilyName);
        Assert.DoesNotContain((ushort)0, font.GetGlyphs("ABCXYZabcxyz0123456789 .,:;-+/%#()[]±×µ–—…≤≥−"));
    }
}
