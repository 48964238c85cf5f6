using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public class CpuInfoTests
{
    [Fact]
    public void Should_Read_The_First_Cpu_When_Text_Comes_From_A_Machine()
    {
        var cpu = CpuInfo.Parse(CapturedMachine.EpycVm.Read("/proc/cpuinfo")!);

        Assert.Equal("AuthenticAMD", cpu.Vendor);
        Assert.Equal("AMD EPYC", cpu.Model);
        Assert.Equal("25.17.1", cpu.Signature);
        Assert.Equal("0x1000065", cpu.Microcode);
        Assert.Equal(2, cpu.LogicalCpus);
        Assert.True(cpu.IsGuest);
        Assert.Contains("nonstop_tsc", cpu.Flags);
    }

    [Fact]
    public void Should_Know_Nothing_When_Text_Is_Empty()
    {
        var cpu = CpuInfo.Parse("");

        Assert.Null(cpu.Model);
        Assert.Null(cpu.Signature);
        Assert.Equal(0, cpu.LogicalCpus);
        Assert.Empty(cpu.Flags);
        Assert.False(cpu.IsGuest);
    }

    [Fact]
    public void Should_Keep_The_First_Value_When_Cpus_Differ()
    {
        var cpu = CpuInfo.Parse("processor : 0\nmodel name : Big core @ 3.60GHz\n\nprocessor : 1\nmodel name : Little core\n");

        Assert.Equal("Big core @ 3.60GHz", cpu.Model);
        Assert.Equal(2, cpu.LogicalCpus);
    }

    [Theory]
    [InlineData("0x1000065", "fpu hypervisor", true)]
    [InlineData("0x01000065", "fpu hypervisor", true)]
    [InlineData("0x1", "fpu hypervisor", true)]
    [InlineData("0xffffffff", "fpu", true)]
    [InlineData("0x1000065", "fpu", false)]
    [InlineData("0xa0011d1", "fpu hypervisor", false)]
    [InlineData("0xf8", "fpu", false)]
    public void Should_Know_The_Constants_That_Hypervisors_Give(string revision, string flags, bool pretended)
    {
        var cpu = CpuInfo.Parse($"processor : 0\nmicrocode : {revision}\nflags : {flags}\n");

        Assert.Equal(pretended ? null : revision, cpu.KnownMicrocode);
    }
}
