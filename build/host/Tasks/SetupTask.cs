using SyscallBench.Build.Terminal;
using SyscallBench.Machine;

namespace SyscallBench.Build.Tasks;

[TaskName("Setup")]
[TaskDescription("Checks that the machine has what the other targets need; as root on Debian or Ubuntu, installs what is missing")]
public sealed class SetupTask : AsyncFrostingTask<BenchContext>
{
    public override async Task RunAsync(BenchContext context)
    {
        var toolchain = await context.ToolchainAsync();
        var uses = Uses(context, toolchain.Name == "host");
        await EnsureAsync(context, uses);
        if ((uses & PackageUse.Compile) != PackageUse.None || toolchain.Name != "host")
            context.Say($"toolchain: {toolchain.Name}, {(await toolchain.IdentifyAsync(context.Cancellation)).Versions["gcc"]}");
    }

    private static async Task EnsureAsync(BenchContext context, PackageUse uses)
    {
        ProgressLine? progress = null;
        var packages = new HostPackages(context.Services.Processes, context.OsRelease, Environment.IsPrivilegedProcess)
        {
            OnProgress = (done, total) => progress?.Report(done, total),
        };
        try
        {
            await packages.EnsureAsync(uses, context.Options.Install, Installing, context.Cancellation);
        }
        finally
        {
            progress?.Dispose();
        }

        void Installing(string what)
        {
            context.Say($"{what}, once; it takes about a minute");
            progress = context.Progress("apt-get, steps");
        }
    }

    private static PackageUse Uses(BenchContext context, bool compilesHere)
    {
        var needed = context.Tasks.With(context.CommandLine.Targets).Select(task => task.Name).ToHashSet();
        return Use(PackageUse.Boot, "Run", "Verify", "Test")
            | (compilesHere
                ? Use(PackageUse.Benchmark, "BuildBenchmark", "BuildFloor", "Reproduce", "Test")
                    | Use(PackageUse.Unikernel, "BuildElfloader", "Reproduce", "Test")
                    | Use(PackageUse.Kernel, "BuildKernel", "Reproduce", "Test")
                : PackageUse.None);

        PackageUse Use(PackageUse use, params string[] targets) => needed.Overlaps(targets) ? use : PackageUse.None;
    }
}
