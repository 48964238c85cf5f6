using System.Diagnostics;
using SyscallBench.Build.Hosting;

namespace SyscallBench.Build.Tests;

/// <summary>The real program as a process of its own, on a repository that holds nothing but a build.sh.</summary>
internal sealed class ProgramFixture : IDisposable
{
    public ProgramFixture() => File.WriteAllText(Path("build.sh"), string.Empty);

    public string Root { get; } = Directory.CreateTempSubdirectory("a repository ").FullName;

    public string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Makes an empty file and the folders above it.</summary>
    public void Touch(params string[] parts)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(parts))!);
        File.WriteAllText(Path(parts), string.Empty);
    }

    public async Task<Ended> Run(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [System.IO.Path.Combine(AppContext.BaseDirectory, "syscall-bench.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[BenchHost.RootVariable] = Root;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, await output, await errors);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>How a process ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);
