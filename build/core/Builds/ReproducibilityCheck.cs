using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>
/// Builds everything twice, from copies of the sources in two folders, one after the other and with another number of jobs, without a compiler cache,
/// and compares what comes out byte by byte.
/// </summary>
/// <param name="kernel">The kernel to build twice; null to leave it out, which saves ten minutes.</param>
/// <param name="say">Told what is being built.</param>
public sealed class ReproducibilityCheck(Workspace workspace, IToolchain toolchain, IGitClient git, KernelSource? kernel, Action<string> say)
{
    private bool HasClones => Pins.Unikraft.Repositories.All(pin => Directory.Exists(pin.CloneIn(workspace)));

    /// <returns>Every file of every artefact, in the order they are built.</returns>
    /// <exception cref="UserError">A clone is missing or a build failed.</exception>
    public async Task<IReadOnlyList<ComparedFile>> RunAsync(CancellationToken cancellation)
    {
        if (!HasClones)
            say("the unikernel is left out: its sources are not cloned");
        using var staging = new StagingFolder(workspace, "reproducibility");
        // Names of unlike length: a path that leaks moves what follows it.
        var first = await BuildAsync(Path.Combine(staging.Path, "a"), Environment.ProcessorCount, cancellation);
        var second = await BuildAsync(Path.Combine(staging.Path, "another-place"), Environment.ProcessorCount + 1, cancellation);
        return [.. first.Zip(second).SelectMany(pair => Compare(pair.First, pair.Second))];
    }

    private async Task<List<StepResult>> BuildAsync(string folder, int jobs, CancellationToken cancellation)
    {
        var copy = CopyOfSources(folder);
        var results = new List<StepResult>();
        await AddAsync("the benchmark", () => MakeBuild.Benchmark(copy, toolchain).RunAsync(cancellation));
        await AddAsync("the floor", () => MakeBuild.Floor(copy, toolchain).RunAsync(cancellation));
        await AddAsync("the initramfs", () => new InitramfsBuild(copy).RunAsync(cancellation));
        if (HasClones)
            await AddAsync("the unikernel", () => new ElfloaderBuild(copy, toolchain, git, Pins.Unikraft) { Jobs = jobs }.RunAsync(cancellation));
        if (kernel is not null)
        {
            var build = new KernelBuild(copy, toolchain, kernel) { Jobs = jobs, UseCompilerCache = false };
            await AddAsync("the kernel", () => build.RunAsync(cancellation));
        }

        return results;

        async Task AddAsync(string what, Func<Task<StepResult>> build)
        {
            say($"building {what} in {Path.GetFileName(folder)}/ with {jobs} jobs");
            results.Add(await build());
        }
    }

    private Workspace CopyOfSources(string folder)
    {
        var copy = new Workspace(folder);
        foreach (var source in new[] { workspace.BenchmarkSources, workspace.FloorSources, workspace.ElfloaderSources(Pins.Unikraft.Suffix), workspace.LinuxSources })
            Folder.Copy(source, Path.Combine(folder, Path.GetRelativePath(workspace.Root, source)));
        if (HasClones)
            Folder.Copy(workspace.Clones, copy.Clones);
        return copy;
    }

    private static IEnumerable<ComparedFile> Compare(StepResult first, StepResult second)
        => first.Outputs.Zip(second.Outputs).Select(pair => new ComparedFile(
            first.Step,
            Path.GetFileName(pair.First.Key),
            pair.First.Value,
            pair.Second.Value,
            pair.First.Value == pair.Second.Value ? null : FirstDifference(pair.First.Key, pair.Second.Key)));

    private static long FirstDifference(string first, string second) =>
        File.ReadAllBytes(first).AsSpan().CommonPrefixLength(File.ReadAllBytes(second));
}

/// <summary>One file that was built twice.</summary>
/// <param name="Step">What made it: <c>benchmark</c>, <c>linux-debian-6.1</c>, …</param>
/// <param name="First">SHA-256 of the first build's; <paramref name="Second"/> likewise.</param>
/// <param name="DiffersAt">Offset of the first byte that differs; null where none does.</param>
public sealed record ComparedFile(string Step, string File, string First, string Second, long? DiffersAt)
{
    public bool IsSame => First == Second;
}

internal static class Folder
{
    /// <exception cref="UserError">The disk is full or the target may not be written.</exception>
    public static void Copy(string from, string to)
    {
        DiskError.Guard(to, () =>
        {
            Directory.CreateDirectory(to);
            foreach (var file in Directory.EnumerateFiles(from))
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        });
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
