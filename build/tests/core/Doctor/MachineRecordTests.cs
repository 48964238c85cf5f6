using SyscallBench.Doctor;
using SyscallBench.Findings;
using SyscallBench.Tests.Machine;

namespace SyscallBench.Tests.Doctor;

public class MachineRecordTests
{
    [Fact]
    public void Should_Read_Back_The_Same_When_Written()
    {
        using var root = new FakeRoot();
        var busy = new Diagnosis(Severity.Warning, Measurement.Cycles, "It is busy.") { Why = "Work disturbs.", Remedy = "wait" };
        var report = new DoctorReport(Healthy.Machine.Host, [new CheckResult("load", [busy])]);

        MachineRecord.Of(report, Measurement.Kvm).Write(root.Path);
        var record = MachineRecord.Read(root.Path);

        Assert.Equal("Core", record.Host["cpu"]);
        Assert.Equal([busy.ToFinding()], record.Findings);
        Assert.Empty(MachineRecord.Of(report, Measurement.Tcg).Findings);
    }

    [Fact]
    public void Should_Say_What_To_Run_When_There_Is_None()
    {
        using var root = new FakeRoot();

        var error = Assert.Throws<UserError>(() => MachineRecord.Read(root.Path));

        Assert.Contains("--target=Run", error.Message, StringComparison.Ordinal);
    }
}
