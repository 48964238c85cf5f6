using System.Text;
using SyscallBench.Consoles;

namespace SyscallBench.Tests.Consoles;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xCBF43926u)] // the check value of the catalogue of parametrised CRC algorithms
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Should_Agree_With_Published_Values(string text, uint expected)
    {
        var sum = Crc32.Of(Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, sum);
    }
}
