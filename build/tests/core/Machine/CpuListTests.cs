using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public class CpuListTests
{
    [Theory]
    [InlineData("", new int[0])]
    [InlineData("3", new[] { 3 })]
    [InlineData("0-3,8,10-11", new[] { 0, 1, 2, 3, 8, 10, 11 })]
    [InlineData("5,1-2,2\n", new[] { 1, 2, 5 })]
    public void Should_Return_Cpus_In_Order_When_Text_Is_A_List(string text, int[] expected)
    {
        var cpus = CpuList.Parse(text);

        Assert.Equal(expected, cpus);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("0-2000000000")]
    public void Should_Name_The_Text_When_It_Is_No_List(string text)
    {
        var error = Assert.Throws<FormatException>(() => CpuList.Parse(text));

        Assert.Contains("'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 4 }, "4")]
    [InlineData(new[] { 3, 2, 1, 7, 7, 9, 10 }, "1-3,7,9-10")]
    public void Should_Join_Neighbours_When_Formatted(int[] cpus, string expected)
    {
        var text = CpuList.Format(cpus);

        Assert.Equal(expected, text);
        Assert.Equal(cpus.Distinct().Order(), CpuList.Parse(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("(null)")]
    public void Should_Return_None_When_The_Kernel_Says_No_List(string? text)
    {
        Assert.Empty(CpuList.ParseOrNone(text));
    }
}
