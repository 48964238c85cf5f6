using SyscallBench.Boots;
using SyscallBench.Doctor;
using SyscallBench.Machine;

namespace SyscallBench.Tests.Doctor;

public class DoctorCheckTests
{
    private static readonly HostFacts Good = Healthy.Machine.Host;

    [Fact]
    public void Should_Find_Nothing_When_Machine_Is_Healthy()
    {
        var report = DoctorExam.Judge(Healthy.Machine);

        Assert.All(report.Checks, check => Assert.Empty(check.Diagnoses));
    }

    [Fact]
    public void Should_Give_The_Probes_Reason_When_Kvm_Runs_No_Guest()
    {
        var found = Look(GuestChecks.Kvm, Healthy.Machine with { Kvm = new KvmAnswer(false, "no guest runs under it") { Remedy = "use TCG" } });

        Assert.Equal((Severity.Error, Measurement.Kvm), (found.Severity, found.Affects));
        Assert.Equal("no guest runs under it.", found.Seen);
        Assert.Equal("use TCG", found.Remedy);
    }

    [Fact]
    public void Should_Say_What_Is_Missing_When_Kvm_Could_Not_Be_Tried()
    {
        var found = Look(GuestChecks.Kvm, Healthy.Machine with { Kvm = new KvmAnswer(null, "no guest.") { Remedy = "build it" } });

        Assert.Equal((Severity.Warning, "Whether a guest runs under KVM is not known: no guest.", "build it"), (found.Severity, found.Seen, found.Remedy));
    }

    [Fact]
    public void Should_Name_The_Hypervisor_When_Machine_Is_A_Guest()
    {
        var found = Look(GuestChecks.Hypervisor, Healthy.With(Good with { Hypervisor = "Hyper-V" }));

        Assert.Equal(Severity.Warning, found.Severity);
        Assert.Contains("Hyper-V", found.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, "tsc", null, Severity.Error, "no constant_tsc")]
    [InlineData(true, false, "tsc", null, Severity.Warning, "no nonstop_tsc")]
    [InlineData(true, true, "hpet", null, Severity.Warning, "hpet")]
    [InlineData(true, true, "kvm-clock", "KVM", Severity.Info, "kvm-clock")]
    public void Should_Doubt_The_Clock_When_Tsc_Is_Not_Steady(bool constant, bool nonstop, string current, string? hypervisor, Severity severity, string seen)
    {
        var found = Look(ClockChecks.Clock, Healthy.With(Good with { Clock = new ClockFacts(current, [current], constant, nonstop), Hypervisor = hypervisor }));

        Assert.Equal(severity, found.Severity);
        Assert.Equal(Measurement.Cycles, found.Affects);
        Assert.Contains(seen, found.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_Driver_And_Limits_When_Frequency_May_Change()
    {
        var loose = new FrequencyPolicy([0], "intel_pstate", "powersave", 800000, 4900000);

        var found = Look(ClockChecks.Frequency, Healthy.With(Good with { Frequency = new FrequencyFacts([Healthy.Held, loose], true) }));

        Assert.All(["intel_pstate", "powersave", "800", "4900"], fact => Assert.Contains(fact, found.Seen, StringComparison.Ordinal));
        Assert.Contains("tools/tune-cpu pin", found.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Only_Tell_When_Nothing_Controls_The_Frequency_Of_Hardware()
    {
        var uncontrolled = Good with { Frequency = new FrequencyFacts([], null) };

        Assert.Equal(Severity.Info, Look(ClockChecks.Frequency, Healthy.With(uncontrolled)).Severity);
        Assert.Empty(ClockChecks.Frequency(Healthy.With(uncontrolled with { Hypervisor = "KVM" })));
    }

    [Fact]
    public void Should_Warn_When_Turbo_Is_On()
    {
        Assert.Equal(Severity.Warning, Look(ClockChecks.Turbo, Healthy.With(Good with { Frequency = new FrequencyFacts([Healthy.Held], true) })).Severity);
    }

    [Fact]
    public void Should_Name_The_Sibling_When_A_Chosen_Core_Is_Shared()
    {
        var topology = new Topology { Cpus = [new(1, 0, 0), new(2, 0, 1), new(10, 0, 1)], Allowed = [1, 2, 10] };

        var found = Look(CoreChecks.Smt, Healthy.With(Good with { Topology = topology }));

        Assert.All(["CPU 2", "CPU 10"], fact => Assert.Contains(fact, found.Seen, StringComparison.Ordinal));
        Assert.Contains("cpu10/online", found.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new int[0], new int[0], Severity.Info)]
    [InlineData(new[] { 6, 7 }, new int[0], Severity.Warning)]
    public void Should_Tell_Where_Boots_Run_When_Not_On_Isolated_Cores(int[] isolated, int[] usable, Severity severity)
    {
        var found = Look(CoreChecks.Isolation, Healthy.With(Good with { IsolatedCpus = isolated, Topology = Good.Topology with { Isolated = usable } }));

        Assert.Equal(severity, found.Severity);
    }

    [Fact]
    public void Should_Warn_When_One_Core_Is_All_There_Is()
    {
        var found = Look(CoreChecks.Choice, Healthy.With(Good with { Topology = new Topology { Cpus = [new(0, 0, 0)], Allowed = [0] } }));

        Assert.Equal((Severity.Warning, Measurement.Kvm), (found.Severity, found.Affects));
    }

    [Fact]
    public void Should_Tell_Which_Cpus_A_Cpuset_Leaves()
    {
        var found = Look(CoreChecks.Choice, Healthy.With(Good with { Topology = Good.Topology with { Cpus = [.. Enumerable.Range(0, 8).Select(cpu => new LogicalCpu(cpu, 0, cpu))] } }));

        Assert.Equal(Severity.Info, found.Severity);
        Assert.Contains("CPUs 1-2 of CPUs 0-7", found.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, Severity.Error)]
    [InlineData(1.5, Severity.Warning)]
    public void Should_Judge_The_Share_Of_The_Cpu(double cpus, Severity severity)
    {
        var found = Look(ResourceChecks.Cgroup, Healthy.With(Good with { Limits = ProcessLimits.None with { Cpus = cpus } }));

        Assert.Equal((severity, Measurement.Cycles), (found.Severity, found.Affects));
    }

    [Theory]
    [InlineData(20, Severity.Warning, "2.0 %")]
    [InlineData(300, Severity.Error, "30.0 %")]
    public void Should_Give_The_Share_When_Time_Is_Stolen(long steal, Severity severity, string share)
    {
        var found = Look(GuestChecks.Steal, Healthy.Machine with { Times = new CpuTimes(1000 - steal, 5000, steal) });

        Assert.Equal(severity, found.Severity);
        Assert.StartsWith(share, found.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Count_Tasks_When_Machine_Is_Busy()
    {
        var found = Look(CoreChecks.Load, Healthy.Machine with { Load = 3.456 });

        Assert.All(["3.46", "8 CPUs"], fact => Assert.Contains(fact, found.Seen, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Judge_Microcode_When_Kernel_Does_Or_Hypervisor_Hides_It()
    {
        var old = new Dictionary<string, string> { ["old_microcode"] = "Vulnerable" };

        var outdated = Look(KernelChecks.Microcode, Healthy.With(Good with { Vulnerabilities = old }));
        var hidden = Look(KernelChecks.Microcode, Healthy.With(Good with
        {
            Cpu = Good.Cpu with { Microcode = "0x1000065", Flags = new HashSet<string> { "hypervisor" } },
            Hypervisor = "KVM",
        }));

        Assert.Equal(Severity.Warning, outdated.Severity);
        Assert.Contains("0xf8", outdated.Seen, StringComparison.Ordinal);
        Assert.Equal(Severity.Info, hidden.Severity);
    }

    [Fact]
    public void Should_Say_That_Interrupts_Are_Unknown_When_The_Kernel_Returns_By_Fred()
    {
        var fred = Good with { Cpu = Good.Cpu with { Flags = new HashSet<string> { "fred" } } };

        Assert.Equal((Severity.Info, Measurement.Host), (Look(KernelChecks.Interrupts, Healthy.With(fred)).Severity, Look(KernelChecks.Interrupts, Healthy.With(fred)).Affects));
        Assert.Empty(KernelChecks.Interrupts(Healthy.With(Good)));
    }

    [Fact]
    public void Should_Tell_What_The_Host_Leaves_Open_When_Mitigations_Differ()
    {
        var host = Good with
        {
            Parameters = "isolcpus=2 mitigations=off",
            Vulnerabilities = new Dictionary<string, string> { ["mds"] = "Vulnerable; SMT disabled", ["meltdown"] = "Not affected", ["srbds"] = "Mitigation: Microcode" },
        };

        var found = KernelChecks.Mitigations(Healthy.With(host)).ToList();

        Assert.Equal([Severity.Warning, Severity.Info, Severity.Info], found.Select(diagnosis => diagnosis.Severity));
        Assert.Contains("leaves open: mds.", found[1].Seen, StringComparison.Ordinal);
        Assert.Contains("KPTI", found[2].Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024, Severity.Warning)]
    [InlineData(100, Severity.Error)]
    public void Should_Count_Mebibytes_When_Memory_Is_Short(long available, Severity severity)
    {
        var found = Look(ResourceChecks.Memory, Healthy.With(Good with { Memory = new MemoryInfo(1L << 33, available << 20) }));

        Assert.Equal((severity, Measurement.All), (found.Severity, found.Affects));
        Assert.StartsWith($"{available} MiB", found.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_The_Folder_When_It_Is_Full_Or_Closed()
    {
        var machine = Healthy.Machine with
        {
            Folders = [new FolderState("/full", 100 << 20, 50 << 20, true), new FolderState("/closed", 1, 50 << 20, false), new FolderState("/unknown", 1, null, true)],
        };

        var found = ResourceChecks.Disk(machine).ToList();

        Assert.Equal(["/full", "/closed"], found.Select(diagnosis => diagnosis.Seen.Split(' ')[0]));
        Assert.All(found, diagnosis => Assert.Equal(Severity.Error, diagnosis.Severity));
    }

    [Fact]
    public void Should_Pass_The_Command_On_When_Packages_Are_Missing()
    {
        var found = Look(ResourceChecks.Packages, Healthy.Machine with { MissingPackages = ["flex", "bison"] });

        Assert.Contains("flex bison", found.Seen, StringComparison.Ordinal);
        Assert.Contains("apt-get install -y flex bison", found.Remedy, StringComparison.Ordinal);
    }

    private static Diagnosis Look(Func<MachineState, IEnumerable<Diagnosis>> check, MachineState machine) => Assert.Single(check(machine));
}
