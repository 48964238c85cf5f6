using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public class HostFactsTests
{
    [Fact]
    public void Should_Describe_The_Machine_When_Its_Files_Are_Read()
    {
        var host = Facts(CapturedMachine.EpycVm);

        Assert.Equal("Debian GNU/Linux 12 (bookworm)", host["os"]);
        Assert.Equal("AMD EPYC", host["cpu"]);
        Assert.Equal("AuthenticAMD 25.17.1", host["cpu.signature"]);
        Assert.Equal("KVM", host["hypervisor"]);
        Assert.Equal("2", host["cores"]);

        // The captured kernel says 0x1000065, as KVM lets every guest believe.
        Assert.False(host.ContainsKey("microcode"));
        Assert.Equal("off", host["smt"]);
        Assert.Equal("23.5 GiB", host["memory"]);
        Assert.Equal("tsc", host["clocksource"]);
        Assert.Equal("constant=1 nonstop=1", host["tsc"]);
        Assert.Equal("Not affected", host["vulnerability.meltdown"]);
        Assert.Equal("mitigations=auto,no_guest_host,no_guest_guest", host["parameters"]);
    }

    [Fact]
    public void Should_Leave_Out_What_Is_Not_Known_When_There_Are_No_Files()
    {
        using var root = new FakeRoot();

        var host = Facts(root.Files);

        Assert.Equal(["cores", "tsc"], host.Keys);
        Assert.DoesNotContain(host.Values, string.IsNullOrEmpty);
    }

    [Theory]
    [InlineData("kvm-clock tsc", "KVM")]
    [InlineData("hyperv_clocksource_tsc_page", "Hyper-V")]
    [InlineData("tsc hpet", "unknown")]
    public void Should_Name_The_Hypervisor_When_Its_Clock_Is_There(string clocks, string expected)
    {
        using var root = new FakeRoot();
        root.With("/proc/cpuinfo", "processor : 0\nflags : fpu hypervisor\n")
            .With("/sys/devices/system/clocksource/clocksource0/available_clocksource", clocks);

        Assert.Equal(expected, HostFacts.Read(root.Files).Hypervisor);
    }

    [Fact]
    public void Should_Describe_Hardware_When_It_Has_Dmi_And_Frequency_Scaling()
    {
        using var root = new FakeRoot();
        root.With("/proc/cpuinfo", "processor : 0\nflags : fpu constant_tsc\n")
            .With("/sys/class/dmi/id/sys_vendor", "Acme")
            .With("/sys/class/dmi/id/product_name", "Rocket 9")
            .With("/sys/devices/system/cpu/isolated", "2-3")
            .With("/sys/devices/system/cpu/nohz_full", "(null)")
            .With("/sys/devices/system/cpu/cpufreq/boost", "1")
            .With("/sys/devices/system/cpu/cpufreq/policy0/scaling_driver", "acpi-cpufreq")
            .With("/sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "schedutil")
            .With("/sys/devices/system/cpu/cpufreq/policy0/scaling_min_freq", "800000")
            .With("/sys/devices/system/cpu/cpufreq/policy0/scaling_max_freq", "3600000");

        var host = Facts(root.Files);

        Assert.False(host.ContainsKey("hypervisor"));
        Assert.False(host.ContainsKey("nohz_full"));
        Assert.Equal("Acme Rocket 9", host["machine"]);
        Assert.Equal("2-3", host["isolated"]);
        Assert.Equal("acpi-cpufreq", host["frequency.driver"]);
        Assert.Equal("schedutil", host["frequency.governor"]);
        Assert.Equal("800000-3600000 kHz", host["frequency.limits"]);
        Assert.Equal("on", host["frequency.turbo"]);
    }

    [Fact]
    public void Should_Keep_Only_The_Parameters_That_Bear_On_A_Measurement()
    {
        using var root = new FakeRoot().With("/proc/cmdline", "root=UUID=1234 isolcpus=2,3 token=secret mitigations=off kvm.nx_huge_pages=off nosmt quiet");

        Assert.Equal("isolcpus=2,3 mitigations=off kvm.nx_huge_pages=off nosmt", HostFacts.Read(root.Files).Parameters);
    }

    private static IReadOnlyDictionary<string, string> Facts(SystemFiles files) => HostFacts.Read(files).ToRecord();
}
