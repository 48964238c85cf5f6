using System.Diagnostics;
using System.Globalization;
using SyscallBench.Fingerprints;
using SyscallBench.Toolchains;

namespace SyscallBench.Throughput;

/// <summary>What a container costs: the same part of a kernel, compiled on the host and in a container in turn, without a compiler cache.</summary>
public sealed class ContainerOverhead(Workspace workspace, IToolchain host, IToolchain container)
{
    private const int Rounds = 3;
    private const string Part = "mm";

    /// <param name="name">Name of a kernel that was built, and whose tree is there: <c>debian-6.1</c>.</param>
    /// <param name="cancellation">Stops the compilers.</param>
    /// <returns>Percent by which the fastest round in a container takes longer than the fastest on the host.</returns>
    /// <exception cref="UserError">The kernel was not built yet, or a build failed.</exception>
    public async Task<BenchFigure> MeasureAsync(string name, CancellationToken cancellation)
    {
        using var staging = new StagingFolder(workspace, "overhead");
        var (ours, theirs) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            ours = Least(ours, await CompileAsync(host, staging.Path, name, cancellation));
            theirs = Least(theirs, await CompileAsync(container, staging.Path, name, cancellation));
        }

        return new BenchFigure($"{container.Name} over host, {Part}/", 100 * (theirs / ours - 1), "% of a kernel's build", AtMost: 5);
    }

    private async Task<TimeSpan> CompileAsync(IToolchain toolchain, string staging, string name, CancellationToken cancellation)
    {
        var output = Path.Combine(staging, toolchain.Name);
        var config = Path.Combine(workspace.KernelImages(name), "config");
        var tree = Path.Combine(workspace.KernelTrees, name, "tree");
        if (!File.Exists(config) || !Directory.Exists(tree))
            throw new UserError($"no kernel {name} was built: run --target=BuildKernel first");

        Directory.CreateDirectory(output);
        var room = toolchain.Open(new BuildPlaces
        {
            What = "a part of the kernel",
            Sources = new Dictionary<string, string> { ["linux"] = tree },
            Output = output,
            Log = Path.Combine(workspace.Logs, $"overhead-{toolchain.Name}.log"),
        });
        string[] make = ["make", "-C", room.Source("linux"), $"O={room.Output}", "WERROR=0"];
        var objects = Path.Combine(output, Part);
        if (Directory.Exists(objects))
        {
            Directory.Delete(objects, recursive: true);
        }
        else
        {
            File.Copy(config, Path.Combine(output, ".config"));
            await room.RunAsync(new BuildCommand([.. make, "olddefconfig", "prepare"]), cancellation);
        }

        var watch = Stopwatch.StartNew();
        await room.RunAsync(new BuildCommand([.. make, string.Create(CultureInfo.InvariantCulture, $"-j{Environment.ProcessorCount}"), Part + "/"]), cancellation);
        return watch.Elapsed;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
