using NSubstitute;
using SyscallBench.Doctor;
using SyscallBench.Tests.Machine;

namespace SyscallBench.Tests.Doctor;

public class DoctorExamTests
{
    private readonly DoctorExam _exam = new(DoctorChecks.All);

    [Fact]
    public async Task Should_Be_Fit_For_Counts_Only_When_Machine_Is_A_Guest_Without_Kvm()
    {
        var kvm = Substitute.For<IKvmProbe>();
        kvm.ProbeAsync(TestContext.Current.CancellationToken).Returns(new KvmState(false, "emulation failure"));

        var report = await _exam.RunAsync(
            CapturedMachine.EpycVm, new DoctorRequest { Kvm = kvm, Cpus = [1], Watch = TimeSpan.Zero }, TestContext.Current.CancellationToken);

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

        var report = await _exam.RunAsync(root.Files, new DoctorRequest { Cpus = [0] }, TestContext.Current.CancellationToken);

        Assert.Equal(Grade.NotFit, report.GradeFor(Measurement.Host));
    }

    [Fact]
    public async Task Should_Know_Siblings_When_Cores_Are_Chosen()
    {
        using var root = new FakeRoot();
        root.With("/sys/devices/system/cpu/online", "2,10")
            .With("/sys/devices/system/cpu/cpu2/topology/core_id", "1")
            .With("/sys/devices/system/cpu/cpu10/topology/core_id", "1");

        var report = await _exam.RunAsync(root.Files, new DoctorRequest { Cpus = [2] }, TestContext.Current.CancellationToken);

        Assert.Contains("shares its core with CPU 10", Assert.Single(report.Checks.Single(check => check.Check == "smt").Diagnoses).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Try_The_Nearest_Folder_When_One_Is_Still_To_Be_Made()
    {
        using var root = new FakeRoot();

        var state = FolderState.Read(new FolderNeed(root.At("/a/b/c"), 1));

        Assert.True(state.Writable);
        Assert.True(state.Free > 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(root.Path));
    }

    [Fact]
    public void Should_Be_Closed_When_A_File_Stands_In_The_Way()
    {
        using var root = new FakeRoot();
        root.With("/a", "a file");

        Assert.False(FolderState.Read(new FolderNeed("/proc/self/a", 1)).Writable);
        Assert.False(FolderState.Read(new FolderNeed(root.At("/a"), 1)).Writable);
    }

    [Fact]
    public void Should_Name_Each_Check_Once_When_Registered()
    {
        Assert.Equal(DoctorChecks.All.Count, DoctorChecks.All.Select(check => check.Name).Distinct().Count());
        Assert.Equal(
            typeof(DoctorChecks).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IDoctorCheck))).ToHashSet(),
            DoctorChecks.All.Select(check => check.GetType()).ToHashSet());
    }

    [Fact]
    public async Task Should_Ask_Nobody_About_Kvm_When_Beside_A_Run()
    {
        var report = await new DoctorExam(DoctorChecks.BesideRun).RunAsync(
            CapturedMachine.EpycVm, new DoctorRequest { Watch = TimeSpan.Zero }, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(report.FindingsFor(Measurement.All), finding => finding.Seen.Contains("was not", StringComparison.Ordinal));
    }
}
