using System.Diagnostics;
using SyscallBench.Build.Hosting;

namespace SyscallBench.Build.Tests;

/// <summary>The real program as a process of its own, on a repository that holds nothing but a build.sh.</summary>
internal sealed class ProgramFixture : IDisposable
{
    public ProgramFixture() => File.WriteAllText(Path("build.sh"), string.Empty);

    public string Root { get; } = Directory.CreateTempSubdirectory("a \"quoted\" repository ").FullName;

    public string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Makes an empty file and the folders above it.</summary>
    public void Touch(params string[] parts)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(parts))!);
        File.WriteAllText(Path(parts), string.Empty);
    }

    /// <summary>Its output and its errors go to pipes.</summary>
    public Task<Ended> Run(params string[] args) => Run([], args);

    /// <inheritdoc cref="Run(string[])"/>
    public Task<Ended> Run(Dictionary<string, string> environment, params string[] args) => Run("dotnet", [Program, .. args], environment);

    /// <summary>Its output and its errors go to one terminal, whose bytes are the output of what is returned; skips where there is no util-linux.</summary>
    /// <param name="environment">Set beside <c>TERM</c>, which no pipe has.</param>
    /// <param name="args">No word that a shell would take apart.</param>
    public Task<Ended> RunOnTerminal(Dictionary<string, string> environment, params string[] args)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "util-linux's script is not installed");
        return Run("/usr/bin/script", ["-qec", $"dotnet '{Program}' {string.Join(' ', args)}", "/dev/null"], new(environment) { ["TERM"] = "xterm" });
    }

    private static string Program => System.IO.Path.Combine(AppContext.BaseDirectory, "syscall-bench.dll");

    private async Task<Ended> Run(string program, IReadOnlyList<string> args, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // As at a person's desk, wherever the tests run.
        foreach (var name in (string[])["NO_COLOR", "CI"])
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
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
