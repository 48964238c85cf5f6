using System.Diagnostics;

namespace SyscallBench.Build.Tests;

/// <summary>
/// The real build.sh in a repository of its own, with a stand-in for dotnet that writes down what it is asked for: <c>restore</c> prints and returns
/// what a test wants, <c>build</c> makes the program, and the program prints its arguments.
/// </summary>
internal sealed class BuildScriptFixture : IDisposable
{
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        here=$(dirname "$(readlink -f "$0")")
        case $1 in
        restore) echo "restore $2 ${*: -1}" >>"$here/asked"; cat "$here/restore.out"; exit "$(cat "$here/restore.status")" ;;
        build)
            echo "build polyfills=${CakePolyfills:-$(cat ../artifacts/dotnet/cake-polyfills 2>/dev/null || echo unknown)}" >>"$here/asked"
            sleep "$(cat "$here/build.seconds")"
            cat "$here/build.out"
            mkdir -p ../artifacts/dotnet/bin/SyscallBench.Build/release
            touch ../artifacts/dotnet/bin/SyscallBench.Build/release/syscall-bench.dll
            exit "$(cat "$here/build.status")" ;;
        *) env >"$here/environment"; printf '%s|' "${@:2}" "$PWD" ;;
        esac
        """;

    private readonly string _home = Directory.CreateTempSubdirectory("a home ").FullName;

    public BuildScriptFixture()
    {
        File.Copy(System.IO.Path.Combine(Workspace.Above(AppContext.BaseDirectory).Root, "build.sh"), Path("build.sh"));
        foreach (var source in new[] { "core/A.cs", "host/B.cs", "polyfills/C.cs", "Directory.Build.props", "global.json" })
            Write($"build/{source}", "1");
        Directory.CreateDirectory(System.IO.Path.Combine(_home, ".dotnet/sdk/10.0.100"));
        File.WriteAllText(Dotnet("dotnet"), FakeDotnet);
        File.SetUnixFileMode(Dotnet("dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(Dotnet("build.seconds"), "0");
        Answer("error NU1101: Unable to find package Cake.Frosting.", 1);
        Compile(string.Empty, 0);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("a repository ").FullName;

    /// <summary>What dotnet was asked for, other than to start the program.</summary>
    public IReadOnlyList<string> Asked => File.Exists(Dotnet("asked")) ? File.ReadAllLines(Dotnet("asked")) : [];

    /// <summary>What the program finds in its environment, <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment => File.ReadAllLines(Dotnet("environment"));

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }

    /// <summary>What restoring the genuine packages comes to.</summary>
    public void Answer(string output, int status) => Arrange("restore", output, status);

    /// <summary>What compiling comes to.</summary>
    public void Compile(string output, int status) => Arrange("build", output, status);

    public void CompileFor(int seconds) => File.WriteAllText(Dotnet("build.seconds"), FormattableString.Invariant($"{seconds}"));

    /// <summary>As if the package source had been asked so long ago.</summary>
    public void AgeAnswer(TimeSpan age) => File.SetLastWriteTimeUtc(Path("artifacts/dotnet/cake-polyfills"), DateTime.UtcNow - age);

    /// <summary>The user adds a package source, below the home folder or in the checkout.</summary>
    public void ChangeSources(string list)
    {
        var file = list.Replace("~", _home, StringComparison.Ordinal);
        Write(file, "one more");
    }

    public void RemoveDotnet() => Directory.Delete(System.IO.Path.Combine(_home, ".dotnet"), recursive: true);

    public Task<Ended> Run(params string[] args) => Run(null, args);

    /// <param name="polyfills">Value of CakePolyfills in the environment.</param>
    /// <param name="args">Arguments of build.sh.</param>
    public async Task<Ended> Run(string? polyfills, string[] args)
    {
        var start = new ProcessStartInfo("/bin/bash", [Path("build.sh"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _home,
        };
        start.Environment.Clear();
        start.Environment["HOME"] = _home;
        start.Environment["PATH"] = ToolsOnly();
        if (polyfills is not null)
            start.Environment["CakePolyfills"] = polyfills;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, (await output).Replace(_home, "~", StringComparison.Ordinal), await errors);
    }

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        Directory.Delete(_home, recursive: true);
    }

    private string Dotnet(string name) => System.IO.Path.Combine(_home, ".dotnet", name);

    private void Arrange(string step, string output, int status)
    {
        File.WriteAllText(Dotnet($"{step}.out"), output);
        File.WriteAllText(Dotnet($"{step}.status"), status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    // The usual programs, but not the machine's own dotnet.
    private string ToolsOnly()
    {
        var folder = System.IO.Path.Combine(_home, "bin");
        if (Directory.Exists(folder))
            return folder;
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "bash", "cat", "cmp", "dirname", "env", "find", "flock", "grep", "mkdir", "mv", "readlink", "sed", "sleep", "sort", "stat", "timeout", "touch" })
        {
            var program = new[] { "/usr/bin", "/bin" }.Select(place => System.IO.Path.Combine(place, name)).First(File.Exists);
            File.CreateSymbolicLink(System.IO.Path.Combine(folder, name), program);
        }

        return folder;
    }
}
