using SyscallBench.Results;

namespace SyscallBench.Tests.Reports;

/// <summary>Where the sample reports pretend to come from.</summary>
internal static class SampleProvenance
{
    public static Provenance Of(string accelerator, string meltdown, IEnumerable<string> platforms) => new()
    {
        Version = "1.0.0",
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Started = new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero),
        CommandLine = ["--target=All", "--runs=3"],
        Seed = 18446744073709551615,
        AcceleratorReason = accelerator == "kvm" ? "a probe guest ran under KVM in 0.4 s" : "a probe guest did not answer under KVM: emulation failure",
        Runs = accelerator == "kvm" ? 25 : 3,
        Rounds = 20,
        Iterations = accelerator == "kvm" ? 1_000_000 : 1000,
        Warmup = 1,
        GuestCpu = accelerator == "kvm" ? "host" : "Skylake-Client-v1",
        Host = new Dictionary<string, string> { ["os"] = "Debian GNU/Linux 12", ["kernel"] = "6.1.0-18-amd64", ["cpu"] = "Intel(R) Core(TM) i7-9700K CPU @ 3.60GHz", ["microcode"] = "0xde" },
        Tools = new Dictionary<string, string> { ["qemu"] = "7.2.22", ["gcc"] = "12.2.0" },
        Pins = new Dictionary<string, string> { ["unikraft"] = "1ed1dc1d1172865dc9316ed0d4455fb991b3ab19" },
        Hashes = new Dictionary<string, string> { ["kernel"] = new('a', 64), ["benchmark"] = new('b', 64) },
        Guests = platforms.ToDictionary(platform => platform, platform => Guest(platform, meltdown)),
        Clocks = accelerator == "kvm"
            ? platforms.ToDictionary(platform => platform, _ => new ClockFact(3_600_000, "hypervisor", Invariant: true))
            : new Dictionary<string, ClockFact>(),
    };

    private static IReadOnlyDictionary<string, string> Guest(string platform, string meltdown) => platform switch
    {
        "linux" => new Dictionary<string, string>
        {
            ["release"] = "6.1.170",
            ["cmdline"] = "console=ttyS0 panic=-1 rounds=20 iters=1000",
            ["vulnerability.meltdown"] = meltdown,
            ["vulnerability.spectre_v2"] = "Mitigation: Retpolines, IBPB: conditional, STIBP: disabled",
            ["vulnerability.mds"] = "Mitigation: Clear CPU buffers; SMT Host state unknown",
        },
        "linux-nomitig" => new Dictionary<string, string>
        {
            ["release"] = "6.1.170",
            ["cmdline"] = "console=ttyS0 panic=-1 mitigations=off rounds=20 iters=1000",
            ["vulnerability.meltdown"] = meltdown == "Not affected" ? meltdown : "Vulnerable",
            ["vulnerability.spectre_v2"] = "Vulnerable, STIBP: disabled",
        },
        _ => new Dictionary<string, string> { ["cpu.vendor"] = "GenuineIntel" },
    };
}
