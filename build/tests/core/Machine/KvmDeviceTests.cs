using SyscallBench.Machine;

namespace SyscallBench.Tests.Machine;

public sealed class KvmDeviceTests
{
    private const string Groups = "root:x:0:\nkvm:x:106:alice,bob\nrender:x:107:\n";

    [Theory]
    [InlineData(0x1b0, 106, "carol", "usermod -aG kvm ")]
    [InlineData(0x1b0, 106, "bob", "log out")]
    [InlineData(0x1b0, 107, "carol", "usermod -aG render ")]
    [InlineData(0x1b0, 0, "carol", "setfacl")]
    [InlineData(0x180, 106, "carol", "setfacl")]
    [InlineData(0x1b0, 999, "carol", "setfacl")]
    public void Should_Give_The_Remedy_That_Fits_The_Node(int mode, uint group, string user, string expected)
    {
        var remedy = KvmDevice.Forbidden(mode, group, Groups, user).Remedy(HostFacts.Read(CapturedMachine.EpycVm));

        Assert.Contains(expected, remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fpu vmx", "modprobe kvm_intel")]
    [InlineData("fpu svm", "modprobe kvm_amd")]
    [InlineData("fpu hypervisor", "nested")]
    [InlineData("fpu", "firmware")]
    public void Should_Say_How_To_Get_A_Node_When_There_Is_None(string flags, string expected)
    {
        using var root = new FakeRoot().With("/proc/cpuinfo", $"processor : 0\nflags : {flags}");

        Assert.Contains(expected, new KvmDevice(KvmAccess.Missing, null).Remedy(HostFacts.Read(root.Files)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Agree_With_The_Node_Of_This_Machine()
    {
        var device = KvmDevice.Read();

        Assert.Equal(File.Exists(KvmDevice.Path), device.Access != KvmAccess.Missing);
        Assert.Equal(device.Access == KvmAccess.Opens, device.WhyClosed is null);
    }
}
