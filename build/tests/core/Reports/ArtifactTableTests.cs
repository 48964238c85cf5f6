using SyscallBench.Reports;
using SyscallBench.Tests.Results;

namespace SyscallBench.Tests.Reports;

public sealed class ArtifactTableTests
{
    [Theory]
    [MemberData(nameof(InCulture.Names), MemberType = typeof(InCulture))]
    public void Should_Keep_The_Artifacts_Layout_When_The_Unit_Is_Cycles(string culture)
    {
        using var elsewhere = new InCulture(culture);
        var document = new ResultsFixture { Unit = Unit.Cycles }
            .Platform(
                "linux",
                change: input => input with { CalibratedKhz = 3_600_000 },
                samples: ResultsFixture.Grid(2, 4, (_, round) => 222005 + round))
            .Build("kvm");

        Assert.Equal(
            """
            # unit: TSC cycles per call; the _nsec lines are nanoseconds
            linux
            		avg	med	q1	q3
            tsc		5.0	5.0	5.0	5.0
            tsc_nsec	1.39	1.39	1.39	1.39
            fcall		6.0	6.0	6.0	6.0
            fcall_nsec	1.67	1.67	1.67	1.67
            scall		222.0	222.0	222.0	222.0
            scall_nsec	61.67	61.67	61.67	61.67


            """.ReplaceLineEndings("\n"),
            string.Join('\n', ArtifactTable.Lines(document)) + '\n');
    }

    [Fact]
    public void Should_Give_No_Time_When_The_Unit_Is_Instructions()
    {
        var document = new ResultsFixture()
            .Platform("linux", 2, 4, (_, round) => 256005 + (round * 100))
            .Platform("unikraft", change: input => input with { NotMeasured = "GitHub cannot be reached" })
            .Platform("host", Unit.Cycles, input => input with { Note = "ENOSYS path" }, ResultsFixture.Grid(1, 2, (_, _) => 250005))
            .Build();

        Assert.Equal(
            """
            # unit: guest instructions per call, which are not a time and have no nanoseconds
            linux
            		avg	med	q1	q3
            tsc		5.0	5.0	5.0	5.0
            tsc_nsec	-	-	-	-
            fcall		6.0	6.0	6.0	6.0
            fcall_nsec	-	-	-	-
            scall		256.15	256.15	256.08	256.23
            scall_nsec	-	-	-	-

            unikraft
            # not measured: GitHub cannot be reached
            		avg	med	q1	q3
            tsc		-	-	-	-
            tsc_nsec	-	-	-	-
            fcall		-	-	-	-
            fcall_nsec	-	-	-	-
            scall		-	-	-	-
            scall_nsec	-	-	-	-

            host
            # unit of this platform: TSC cycles per call; the _nsec lines are nanoseconds
            # ENOSYS path
            		avg	med	q1	q3
            tsc		5.0	5.0	5.0	5.0
            tsc_nsec	-	-	-	-
            fcall		6.0	6.0	6.0	6.0
            fcall_nsec	-	-	-	-
            scall		250.0	250.0	250.0	250.0
            scall_nsec	-	-	-	-


            """.ReplaceLineEndings("\n"),
            string.Join('\n', ArtifactTable.Lines(document)) + '\n');
    }
}
