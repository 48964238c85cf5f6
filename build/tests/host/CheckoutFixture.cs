using System.Diagnostics;
using System.Text.Json.Nodes;
using SyscallBench.Build.Hosting;
using SyscallBench.Processes;

namespace SyscallBench.Build.Tests;

/// <summary>The real program on a checkout of its own that has the benchmark's and the floor's sources: it builds, boots and evaluates as for a user.</summary>
internal sealed class CheckoutFixture : IDisposable
{
    // What a killed run leaves in the place of temporary files is seen nowhere else.
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("t-");

    // Where make works if the checkout's path is none that it can take.
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("cache-");

    /// <param name="name">Begins the checkout's own name.</param>
    public CheckoutFixture(string name = "checkout-")
    {
        Root = Directory.CreateTempSubdirectory(name).FullName;
        File.WriteAllText(Path("build.sh"), "");
        var sources = Workspace.Above(AppContext.BaseDirectory).Root;
        foreach (var file in ((string[])["bench-src", "linux"]).SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(sources, folder), "*", SearchOption.AllDirectories)))
        {
            var copy = Path(System.IO.Path.GetRelativePath(sources, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Root { get; }

    /// <summary>Folder of programs that come before the machine's own.</summary>
    public string Programs => Path("programs");

    /// <summary>Set for the program, beside what it inherits.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The rows of the results, as they stand in the file.</summary>
    public string Rows => JsonNode.Parse(File.ReadAllText(Path("results", "results.json")))!["rows"]!.ToJsonString();

    /// <summary>What is left in the place of temporary files.</summary>
    public IReadOnlyList<string> Temporary => [.. _temporary.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => entry.FullName)];

    /// <summary>Every file of the evaluation and of the results, relative to the checkout.</summary>
    public IReadOnlyList<string> Files =>
        [.. ((string[])["eval", "results"]).Select(folder => Path(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    /// <summary>Skips the calling test where nothing can be built or booted.</summary>
    public static void Require()
    {
        foreach (var program in (string[])["qemu-system-x86_64", "make", "gcc", "setsid"])
            Assert.SkipWhen(ProgramFinder.Find(program) is null, $"{program} is not installed");
    }

    public string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Writes a file, its folders too.</summary>
    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(relative))!);
        File.WriteAllText(Path(relative), text);
    }

    /// <summary>A program that is found before the machine's own of that name.</summary>
    public void WriteProgram(string name, string script)
    {
        Write($"programs/{name}", script);
        File.SetUnixFileMode(Path("programs", name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Starts the program as the leader of a group of its own, as a terminal would.</summary>
    public Process Start(params IEnumerable<string> args) => StartBy("exec \"$@\"", args);

    /// <param name="shell">What a shell does, whose arguments are the program and its own.</param>
    /// <param name="args">The program's arguments.</param>
    public Process StartBy(string shell, params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", shell, "sh", "dotnet", System.IO.Path.Combine(AppContext.BaseDirectory, "syscall-bench.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Path("programs")}:{start.Environment["PATH"]}";
        start.Environment[BenchHost.RootVariable] = Root;
        start.Environment["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["TMPDIR"] = start.Environment["XDG_RUNTIME_DIR"] = _temporary.FullName;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // as build.sh does
        start.Environment["XDG_CACHE_HOME"] = _cache.FullName;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public Task<Ended> Run(params IEnumerable<string> args) => End(Start(args));

    /// <summary>Waits for it, and takes what it says off its hands meanwhile.</summary>
    public static async Task<Ended> End(Process process)
    {
        using var owned = process;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, await output, await errors);
    }

    /// <summary>Ids of the processes that were started for this checkout: all of them inherit its name in their environment.</summary>
    public IReadOnlyList<string> Processes() =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => char.IsDigit(System.IO.Path.GetFileName(folder)[0]) && Environ(folder).Contains(Root, StringComparison.Ordinal))];

    /// <summary>Puts a pipe that nobody writes to in the place of a file.</summary>
    public static void MakePipe(string path)
    {
        File.Delete(path);
        using var mkfifo = Process.Start("mkfifo", [path]);
        mkfifo.WaitForExit();
    }

    /// <summary>Forgets everything that was built and measured.</summary>
    public void Wipe()
    {
        foreach (var folder in ((string[])["artifacts", "eval", "results"]).Select(name => Path(name)).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        _temporary.Delete(recursive: true);
        _cache.Delete(recursive: true);
    }

    private static string Environ(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/environ");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
