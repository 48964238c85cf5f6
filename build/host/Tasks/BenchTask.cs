using System.Diagnostics;
using Cake.Frosting;
using SyscallBench.Builds;
using SyscallBench.Processes;
using SyscallBench.Throughput;
using SyscallBench.Toolchains;

namespace SyscallBench.Build.Tasks;

[TaskName("Bench")]
[TaskDescription("Times the tool itself against its budgets; a busy machine makes it slower, not wrong")]
public sealed class BenchTask : AsyncFrostingTask<BenchContext>
{
    private const int Starts = 5;

    public override async Task RunAsync(BenchContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var figure in new ThroughputBench(context.Workspace).Run(context.Cancellation))
            context.Print(figure.ToString());
        context.Print((await StartAsync(context)).ToString());
        await PrintOverheadAsync(context);
        using var self = Process.GetCurrentProcess();
        context.Print(new BenchFigure("Peak memory of all this", self.PeakWorkingSet64 / 1024.0 / 1024, "MiB", AtMost: 512).ToString());
    }

    private static async Task PrintOverheadAsync(BenchContext context)
    {
        var toolchain = await context.ToolchainAsync();
        var step = CurrentKernel.Find(context.Workspace, context.Options.KernelName)?.Step;
        if (toolchain.Name == "host" || step is null)
        {
            context.Print($"A container's overhead is not measured: {(step is null ? "no kernel was built" : "no container engine is used")}");
            return;
        }

        var overhead = new ContainerOverhead(context.Workspace, new HostToolchain(context.Services.Commands), toolchain);
        context.Print((await overhead.MeasureAsync(step["linux-".Length..], context.Cancellation)).ToString());
    }

    private static async Task<BenchFigure> StartAsync(BenchContext context)
    {
        var times = new List<double>();
        for (var start = 0; start < Starts; start++)
        {
            var result = await context.Services.Processes.RunAsync(
                new ProcessRequest { Program = Path.Combine(context.Workspace.Root, "build.sh"), Arguments = ["--tree"] }, context.Cancellation);
            times.Add(result.Duration.TotalSeconds);
        }

        times.Sort();
        return new BenchFigure("./build.sh --tree", times[Starts / 2], "s", AtMost: 2);
    }
}
