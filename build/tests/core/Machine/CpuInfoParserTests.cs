using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public class CpuInfoParserTests
{
    [Fact]
    public void Should_Read_The_First_Cpu_When_Text_Comes_From_A_Machine()
    {
        var cpu = CpuInfoParser.Parse(CapturedMachine.EpycVm.Read("/proc/cpuinfo")!);

        Assert.Equal("AuthenticAMD", cpu.Vendor);
        Assert.Equal("AMD EPYC", cpu.Model);
        Assert.Equal("25.17.1", cpu.Signature);
        Assert.Equal("0x1000065", cpu.Microcode);
        Assert.Equal(2, cpu.LogicalCpus);
        Assert.True(cpu.IsGuest);
        Assert.Contains("nonstop_tsc", cpu.Flags);
        Assert.Contains("spectre_v2", cpu.Bugs);
    }

    [Fact]
    public void Should_Know_Nothing_When_Text_Is_Empty()
    {
        var cpu = CpuInfoParser.Parse("");

        Assert.Null(cpu.Model);
        Assert.Null(cpu.Signature);
        Assert.Equal(0, cpu.LogicalCpus);
        Assert.Empty(cpu.Flags);
        Assert.False(cpu.IsGuest);
    }

    [Fact]
    public void Should_Keep_The_First_Value_When_Cpus_Differ()
    {
        var cpu = CpuInfoParser.Parse("processor : 0\nmodel name : Big core @ 3.60GHz\n\nprocessor : 1\nmodel name : Little core\n");

        Assert.Equal("Big core @ 3.60GHz", cpu.Model);
        Assert.Equal(2, cpu.LogicalCpus);
    }
}
