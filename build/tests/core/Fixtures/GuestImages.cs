using SyscallBench.Builds;
using SyscallBench.Processes;

[assembly: AssemblyFixture(typeof(SyscallBench.Tests.Fixtures.GuestImages))]

namespace SyscallBench.Tests.Fixtures;

/// <summary>The benchmark and the floor guest, built once for all tests that boot something.</summary>
public sealed class GuestImages : IAsyncLifetime
{
    private const string KernelVariable = "SYSCALL_BENCH_KERNEL";

    private readonly TempFolder _folder = new();
    private string? _missing;

    /// <summary>The benchmark and the floor.</summary>
    public ImageSet Images { get; } = new();

    /// <summary>Skips the calling test where it cannot run, saying why.</summary>
    public void Require()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
    }

    /// <summary>Linux with the noop, where it is built: <c>--target=BuildKernel</c>, or the image that SYSCALL_BENCH_KERNEL names.</summary>
    public string RequireKernel()
    {
        var kernel = Environment.GetEnvironmentVariable(KernelVariable) is { Length: > 0 } named
            ? named
            : CurrentKernel.Find(new Workspace(SourceTree.Root), "debian")?.Image;
        Assert.SkipWhen(kernel is null, $"no kernel is built here: run --target=BuildKernel, or name an image with {KernelVariable}");
        return kernel!;
    }

    /// <summary>A new archive with the benchmark as its only program.</summary>
    public string Initramfs()
    {
        var path = _folder.Path($"{Guid.NewGuid():n}.cpio");
        Cpio.Write(path, ("init", Images.Paths[Image.Benchmark]));
        return path;
    }

    public async ValueTask InitializeAsync()
    {
        _missing = new[] { "qemu-system-x86_64", "make", "gcc" }
            .Where(program => ProgramFinder.Find(program) is null)
            .Select(program => $"{program} is not installed")
            .FirstOrDefault();
        if (_missing is not null)
            return;

        // The product's own builds, which know what make cannot do: the repository may lie in a path with a space.
        using var processes = new ProcessRunner();
        var workspace = new Workspace(SourceTree.Root) { Artifacts = _folder.Path("artifacts") };
        var toolchain = new HostToolchain(processes);
        await MakeBuild.Benchmark(workspace, toolchain).RunAsync(TestContext.Current.CancellationToken);
        await MakeBuild.Floor(workspace, toolchain).RunAsync(TestContext.Current.CancellationToken);
        Images.Add(Image.Benchmark, workspace.BenchmarkElf).Add(Image.Floor, workspace.FloorElf);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
