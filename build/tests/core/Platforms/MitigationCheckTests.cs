using SyscallBench.Platforms;

namespace SyscallBench.Tests.Platforms;

public sealed class MitigationCheckTests
{
    private readonly Dictionary<string, string> _on = new(CapturedBoot.Read("linux.log").States);
    private readonly Dictionary<string, string> _off = new(CapturedBoot.Read("linux-nomitig.log").States);

    [Fact]
    public void Should_Accept_What_Only_Microcode_Could_Mend_When_Mitigations_Are_On()
    {
        // Given a real guest without microcode, where MDS, Retbleed and others say "Vulnerable" with every mitigation on.
        Assert.StartsWith("Vulnerable: Clear CPU buffers attempted", _on["vulnerability.mds"]);

        Assert.Null(MitigationCheck.WhyRejected(Mitigations.On, _on));
    }

    [Fact]
    public void Should_Accept_What_Has_No_Switch_When_Mitigations_Are_Off()
    {
        // Given a real guest with mitigations=off, where L1TF is mitigated all the same.
        Assert.Equal("Mitigation: PTE Inversion", _off["vulnerability.l1tf"]);

        Assert.Null(MitigationCheck.WhyRejected(Mitigations.Off, _off));
    }

    [Theory]
    [InlineData("meltdown", "Vulnerable")]
    [InlineData("spectre_v1", "Vulnerable: __user pointer sanitization and usercopy barriers only; no swapgs barriers")]
    [InlineData("spectre_v2", "Vulnerable; STIBP: disabled")]
    [InlineData("spectre_v2", "Vulnerable, IBPB: disabled, STIBP: disabled")]
    [InlineData("mds", "Vulnerable; SMT Host state unknown")]
    [InlineData("tsa", "Vulnerable")]
    [InlineData("reg_file_data_sampling", "Vulnerable")]
    [InlineData("indirect_target_selection", "Vulnerable, KVM: Not affected")]
    [InlineData("spec_rstack_overflow", "Vulnerable")]
    public void Should_Name_The_File_When_A_Mitigation_Is_Missing(string file, string value)
    {
        _on[$"vulnerability.{file}"] = value;

        Assert.EndsWith($"/{file} says \"{value}\"", MitigationCheck.WhyRejected(Mitigations.On, _on));
    }

    [Theory]
    [InlineData("meltdown", "Mitigation: PTI")]
    [InlineData("spectre_v2", "Mitigation: Enhanced / Automatic IBRS; IBPB: conditional")]
    [InlineData("retbleed", "Mitigation: untrained return thunk; SMT vulnerable")]
    [InlineData("tsx_async_abort", "Mitigation: Clear CPU buffers; SMT vulnerable")]
    public void Should_Name_The_File_When_A_Mitigation_Is_Left(string file, string value)
    {
        _off[$"vulnerability.{file}"] = value;

        Assert.EndsWith($"/{file} says \"{value}\"", MitigationCheck.WhyRejected(Mitigations.Off, _off));
    }

    [Theory]
    [InlineData("spectre_v2", "Vulnerable: eIBRS with unprivileged eBPF")]
    [InlineData("meltdown", "Not affected")]
    [InlineData("spec_store_bypass", "Vulnerable")]
    [InlineData("retbleed", "Vulnerable")]
    [InlineData("spec_rstack_overflow", "Vulnerable: Safe RET, no microcode")]
    [InlineData("reg_file_data_sampling", "Vulnerable: No microcode")]
    [InlineData("a_file_of_tomorrow", "Vulnerable")]
    public void Should_Accept_When_The_Kernel_Does_What_It_Can(string file, string value)
    {
        _on[$"vulnerability.{file}"] = value;

        Assert.Null(MitigationCheck.WhyRejected(Mitigations.On, _on));
    }

    [Theory]
    [InlineData("tsx_async_abort", "Mitigation: TSX disabled")]
    [InlineData("spec_rstack_overflow", "Mitigation: SMT disabled")]
    public void Should_Accept_A_State_Of_The_Cpu_When_Mitigations_Are_Off(string file, string value)
    {
        _off[$"vulnerability.{file}"] = value;

        Assert.Null(MitigationCheck.WhyRejected(Mitigations.Off, _off));
    }

    [Fact]
    public void Should_Reject_When_The_Guest_Does_Not_Say()
    {
        var reason = MitigationCheck.WhyRejected(Mitigations.On, new Dictionary<string, string> { ["release"] = "4.9" });

        Assert.NotNull(reason);
    }

    [Fact]
    public void Should_Reject_What_Only_Software_Mitigates_On_Amd()
    {
        _on["vulnerability.retbleed"] = "Vulnerable";

        Assert.Contains("retbleed", MitigationCheck.WhyRejected(Mitigations.On, _on, "AuthenticAMD"));
    }

    [Fact]
    public void Should_Name_The_Files_That_Nobody_Knows()
    {
        // The newest kernel that was booted has all files of the older ones.
        Assert.Empty(MitigationCheck.Unknown(CapturedBoot.Read("stock-7.3.log").States));
        _on["vulnerability.a_file_of_tomorrow"] = "Vulnerable";

        Assert.Equal(["a_file_of_tomorrow"], MitigationCheck.Unknown(_on));
    }
}
