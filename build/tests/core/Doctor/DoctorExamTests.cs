using SyscallBench.Boots;
using SyscallBench.Doctor;
using SyscallBench.Tests.Machine;

namespace SyscallBench.Tests.Doctor;

public class DoctorExamTests
{
    [Fact]
    public async Task Should_Be_Fit_For_Counts_Only_When_Machine_Is_A_Guest_Without_Kvm()
    {
        var machine = await MachineState.ReadAsync(CapturedMachine.EpycVm, new DoctorRequest { Watch = TimeSpan.Zero }, TestContext.Current.CancellationToken);

        var report = DoctorExam.Judge(machine with { Kvm = new KvmAnswer(false, "emulation failure") });

        Assert.Equal(Grade.NotFit, report.GradeFor(Measurement.Kvm));
        Assert.Equal(Grade.FitWithCare, report.GradeFor(Measurement.Host));
        Assert.Equal(Grade.Fit, report.GradeFor(Measurement.Tcg));
        Assert.Empty(report.Checks.Single(check => check.Check == "smt").Diagnoses);
        Assert.NotEmpty(report.Checks.Single(check => check.Check == "hypervisor").Diagnoses);
    }

    [Fact]
    public async Task Should_Not_Fail_When_The_Machine_Has_No_Files()
    {
        using var root = new FakeRoot();

        var report = DoctorExam.Judge(await MachineState.ReadAsync(root.Files, new DoctorRequest(), TestContext.Current.CancellationToken));

        Assert.Equal(Grade.NotFit, report.GradeFor(Measurement.Host));
    }

    [Fact]
    public async Task Should_Know_Siblings_When_Cores_Are_Chosen()
    {
        using var root = new FakeRoot();
        root.With("/sys/devices/system/cpu/online", "2,10")
            .With("/sys/devices/system/cpu/cpu2/topology/core_id", "1")
            .With("/sys/devices/system/cpu/cpu10/topology/core_id", "1")
            .With("/proc/self/status", "Cpus_allowed_list:\t2,10");

        var report = DoctorExam.Judge(await MachineState.ReadAsync(root.Files, new DoctorRequest(), TestContext.Current.CancellationToken));

        Assert.Contains("shares its core with CPU 10", Assert.Single(report.Checks.Single(check => check.Check == "smt").Diagnoses).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Try_The_Nearest_Folder_When_One_Is_Still_To_Be_Made()
    {
        using var root = new FakeRoot();

        var state = FolderState.Read(root.At("/a/b/c"), 1);

        Assert.True(state.Writable);
        Assert.True(state.Free > 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(root.Path));
    }

    [Fact]
    public void Should_Be_Closed_When_A_File_Stands_In_The_Way()
    {
        using var root = new FakeRoot();
        root.With("/a", "a file");

        Assert.False(FolderState.Read("/proc/self/a", 1).Writable);
        Assert.False(FolderState.Read(root.At("/a"), 1).Writable);
    }

    [Fact]
    public void Should_Name_Each_Check_Once_When_Registered()
    {
        Assert.Equal(DoctorExam.All.Count, DoctorExam.All.Select(check => check.Name).Distinct().Count());
    }

    [Fact]
    public async Task Should_Ask_Nobody_About_Kvm_When_Beside_A_Run()
    {
        var report = DoctorExam.Judge(
            await MachineState.ReadAsync(CapturedMachine.EpycVm, new DoctorRequest { Watch = TimeSpan.Zero }, TestContext.Current.CancellationToken), DoctorExam.BesideRun);

        Assert.DoesNotContain(report.FindingsFor(Measurement.All), finding => finding.Seen.Contains("was not", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Not_Be_Fit_When_A_Container_Gives_Little()
    {
        // /proc/meminfo shows the machine's memory to a container that may have 512 MiB and half a CPU of it.
        using var root = new FakeRoot().With("/proc/meminfo", "MemTotal: 33000000 kB\nMemAvailable: 32000000 kB")
            .With("/proc/self/status", "Cpus_allowed_list:\t0-3\nSeccomp:\t2")
            .With("/proc/self/cgroup", "0::/")
            .With("/sys/fs/cgroup/memory.max", $"{512 << 20}")
            .With("/sys/fs/cgroup/memory.current", $"{100 << 20}")
            .With("/sys/fs/cgroup/cpu.max", "50000 100000");

        var report = DoctorExam.Judge(await MachineState.ReadAsync(root.Files, new DoctorRequest { Watch = TimeSpan.Zero }, TestContext.Current.CancellationToken));

        Assert.Equal(Grade.NotFit, report.GradeFor(Measurement.Tcg));
        Assert.Contains("412 MiB", Only(report, "memory").Seen, StringComparison.Ordinal);
        Assert.Contains("512 MiB", Only(report, "memory").Seen, StringComparison.Ordinal);
        Assert.Contains("0.5 of 4", Only(report, "cgroup").Seen, StringComparison.Ordinal);
        Assert.Equal((Severity.Warning, Measurement.Host), (Only(report, "seccomp").Severity, Only(report, "seccomp").Affects));
    }

    [Theory]
    [InlineData("0-19", Severity.Info)]
    [InlineData("16-19", Severity.Warning)]
    public async Task Should_Say_What_Kind_Of_Core_Boots_Run_On(string allowed, Severity severity)
    {
        using var root = CapturedMachine.HybridRoot(allowed);

        var report = DoctorExam.Judge(await MachineState.ReadAsync(root.Files, new DoctorRequest { Watch = TimeSpan.Zero }, TestContext.Current.CancellationToken));

        Assert.Equal(severity, report.Checks.Single(check => check.Check == "cpu").Diagnoses[0].Severity);
    }

    private static Diagnosis Only(DoctorReport report, string check) => Assert.Single(report.Checks.Single(each => each.Check == check).Diagnoses);
}
