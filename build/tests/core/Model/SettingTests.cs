using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Model;

public sealed class SettingTests
{
    private readonly Setting _setting = Settings.Of("floor");

    [Fact]
    public void Should_Be_Recognised_By_Its_Name() => Assert.Matches("^tcg-Skylake-Client-v1-20x1000-[0-9a-f]{8}$", _setting.Name);

    [Fact]
    public void Should_Have_A_Name_Of_Its_Own_For_Each_Part()
    {
        var machine = new MachineSetting { Pinned = true };
        Setting[] all =
        [
            _setting,
            _setting with { Platform = "linux" },
            _setting with { Accelerator = Accelerator.Kvm },
            _setting with { Cpu = "EPYC-v1" },
            _setting with { Rounds = 21 },
            _setting with { Iterations = 1001 },
            _setting with { Warmup = 2 },
            _setting with { Hashes = new Dictionary<string, string> { ["benchmark"] = new('b', 64) } },
            _setting with { Arguments = "ring=0" },
            _setting with { Qemu = "10.0.2" },
            _setting with { QemuArguments = "-m 64M" },
            _setting with { Machine = machine },
            _setting with { Machine = machine with { Pinned = false } },
            _setting with { Machine = machine with { Microcode = "0x1" } },
            _setting with { Machine = machine with { Kernel = "6.1" } },
            _setting with { Machine = machine with { Core = "performance" } },
        ];

        Assert.Equal(all.Length, all.Select(setting => setting.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("EPYC-v1,+svm,-npt")]
    [InlineData("../../x y")]
    [InlineData("a-model-whose-name-is-longer-than-any-that-there-is-anywhere-in-the-whole-of-qemu")]
    public void Should_Be_A_Folder_Name_When_The_Model_Is_Anything(string cpu)
    {
        var name = (_setting with { Cpu = cpu }).Name;

        Assert.Equal(name, Path.GetFileName(name));
        Assert.InRange(name.Length, 1, 100);
    }

    [Fact]
    public void Should_Name_The_Option_That_Makes_The_Difference()
    {
        var now = _setting with { Cpu = "EPYC-v1", Arguments = "other" };

        Assert.Equal("--cpu was Skylake-Client-v1, is EPYC-v1", now.DifferenceFrom(_setting));
        Assert.Null(_setting.DifferenceFrom(Settings.Of("floor")));
    }
}
