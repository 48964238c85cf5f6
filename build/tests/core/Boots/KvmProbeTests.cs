using System.Diagnostics;
using SyscallBench.Boots;
using SyscallBench.Machine;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

/// <summary>On whatever machine the tests run: KVM works there, or the reason is a sentence.</summary>
public sealed class KvmProbeTests(GuestImages guests)
{
    [Theory]
    [InlineData("host,migratable=no")]
    [InlineData("Skylake-Client-v1")]
    public async Task Should_Say_In_Time_Why_Not_When_No_Guest_Runs_Under_Kvm(string cpu)
    {
        guests.Require();
        Assert.SkipWhen(KvmDevice.Read().WhyClosed is not null, KvmDevice.Read().WhyClosed ?? "");
        using var processes = new ProcessRunner();
        var probe = new KvmProbe(new QemuRunner(processes, new SystemFiles()), guests.Images, "qemu-system-x86_64", cpu, TimeSpan.FromSeconds(2));

        var started = Stopwatch.GetTimestamp();
        var answer = await probe.AskAsync(TestContext.Current.CancellationToken);

        TestContext.Current.SendDiagnosticMessage($"{cpu}: {answer.Reason} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s)");
        Assert.True(answer.Works == true || answer.Reason.StartsWith("/dev/kvm opens, but no guest runs under it: ", StringComparison.Ordinal), answer.Reason);
    }
}
