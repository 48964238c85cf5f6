using System.Text.Json;
using SyscallBench.Doctor;

namespace SyscallBench.Tests.Doctor;

public class DoctorReportTests
{
    private static readonly Diagnosis NoKvm = new(Severity.Error, Measurement.Kvm, "KVM is not there.", "It is needed.", "modprobe kvm");
    private static readonly Diagnosis Busy = new(Severity.Warning, Measurement.Cycles, "It is busy.", "Work disturbs.");
    private static readonly Diagnosis Fun = new(Severity.Info, Measurement.All, "It is Monday.", "It is not Sunday.");

    [Fact]
    public void Should_Grade_Each_Measurement_By_What_Affects_It_When_Findings_Differ()
    {
        var report = Report(NoKvm, Busy, Fun);

        Assert.Equal(Grade.NotFit, report.GradeFor(Measurement.Kvm));
        Assert.Equal(Grade.FitWithCare, report.GradeFor(Measurement.Host));
        Assert.Equal(Grade.Fit, report.GradeFor(Measurement.Tcg));
        Assert.Equal(Grade.Fit, Report().GradeFor(Measurement.All));
    }

    [Fact]
    public void Should_Hand_On_Only_What_Affects_The_Results_When_Asked_For_Findings()
    {
        var findings = Report(Fun, Busy, NoKvm).FindingsFor(Measurement.Host);

        Assert.Equal([Severity.Warning, Severity.Info], findings.Select(finding => finding.Severity));
        Assert.Equal(new Finding(Severity.Warning, "the machine", "It is busy.") { Why = "Work disturbs." }, findings[0]);
    }

    [Theory]
    [MemberData(nameof(InCulture.Names), MemberType = typeof(InCulture))]
    public void Should_Say_Seen_Why_And_What_To_Do_When_Printed(string culture)
    {
        using var elsewhere = new InCulture(culture);

        var text = DoctorText.Lines(Report(NoKvm, Busy), 60);

        Assert.Equal(
            """
            first       error    KVM is not there.
                          why    It is needed.
                          do     modprobe kvm
                        warning  It is busy.
                          why    Work disturbs.
            second      ok

            cycles of guests under KVM        not fit (1 error, 1 warning)
            instructions of guests under TCG  fit
            cycles on this machine itself     fit with care (1 warning)

            Fit: no warning and no error bears on it. Fit with care: a
            warning does. Not fit: an error does. What is only worth
            knowing lowers no grade.
            """,
            string.Join('\n', text));
    }

    [Fact]
    public void Should_Say_The_Same_To_Programs_When_Written_As_Json()
    {
        using var json = JsonDocument.Parse(DoctorJson.Of(Report(NoKvm, Busy)));

        var root = json.RootElement;
        Assert.Equal("syscall-bench/doctor/v1", root.GetProperty("schema").GetString());
        Assert.Equal("not-fit", root.GetProperty("grades").GetProperty("kvm").GetString());
        Assert.Equal("fit-with-care", root.GetProperty("grades").GetProperty("host").GetString());
        var finding = root.GetProperty("checks")[0].GetProperty("findings")[1];
        Assert.Equal("warning", finding.GetProperty("severity").GetString());
        Assert.Equal(["kvm", "host"], finding.GetProperty("affects").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, finding.GetProperty("remedy").ValueKind);
        Assert.Equal("Core", root.GetProperty("host").GetProperty("cpu").GetString());
    }

    [Theory]
    [InlineData("kvm", true)]
    [InlineData("tcg", false)]
    [InlineData("auto", false)]
    public void Should_Fail_Only_When_Nothing_Asked_For_Can_Be_Measured(string accelerator, bool fails)
    {
        var error = Record.Exception(() => Report(NoKvm).RequireFitness(accelerator));

        Assert.Equal(fails, error is UserError);
    }

    private static DoctorReport Report(params Diagnosis[] diagnoses) =>
        new(Healthy.Machine.Host, [new CheckResult("first", diagnoses), new CheckResult("second", [])]);
}
