using SyscallBench.Processes;

namespace SyscallBench.Tests.Machine;

/// <summary>Runs the script on a machine made of files.</summary>
public sealed class TuneCpuFixture(ThisMachine machine) : IDisposable
{
    private readonly List<string> _output = [];

    public FakeRoot Root { get; } = new();

    public static string Script { get; } = Path.Join(AppContext.BaseDirectory, "tools", "tune-cpu");

    public string State => Root.At("/state");

    public string Journal => Path.Join(State, "journal");

    /// <summary>Everything that the last run printed, both streams.</summary>
    public string Output => string.Join('\n', _output);

    public Task<int> RunAsync(string command, params string[] options) => StartAsync(["bash"], command, options);

    /// <summary>As <see cref="RunAsync"/>, by another program that is given the script's command line.</summary>
    public Task<int> RunThroughAsync(string[] launcher, string command, params string[] options) => StartAsync([.. launcher, "bash"], command, options);

    /// <summary>From now on the script finds this in place of a program.</summary>
    public void Replace(string program, string script)
    {
        Root.With($"/bin/{program}", $"#!/bin/bash\n{script}");
        File.SetUnixFileMode(Root.At($"/bin/{program}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void ForgetReplacements() => Directory.Delete(Root.At("/bin"), recursive: true);

    public string Attribute(string name) => Root.Read(FakeCpufreq.Cpu + name);

    public void Set(string name, string value) => Root.With(FakeCpufreq.Cpu + name, value);

    /// <summary>Every attribute with its value: two machines in the same state have the same.</summary>
    public IReadOnlyDictionary<string, string> Snapshot() => Directory
        .EnumerateFiles(Root.At("/sys"), "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .ToDictionary(file => file, File.ReadAllText);

    public void Dispose() => Root.Dispose();

    private async Task<int> StartAsync(string[] launcher, string command, string[] options)
    {
        _output.Clear();
        // A shell cannot trap what was ignored when it started, as SIGINT is where the tests themselves run in the background.
        string[] all = ["/usr/bin/env", "--default-signal=INT,TERM", .. launcher, Script, command, $"--sysfs={Root.At("/sys")}", $"--proc={Root.At("/proc")}", $"--state={State}", .. options];
        var result = await machine.Processes.RunAsync(
            new ProcessRequest(all[0], all[1..])
            {
                Environment = new Dictionary<string, string?> { ["PATH"] = Root.At("/bin") + ":/usr/sbin:/usr/bin:/sbin:/bin" },
                Deadline = TimeSpan.FromMinutes(1),
                OnLine = _output.Add,
            },
            TestContext.Current.CancellationToken);
        return result.ExitCode;
    }
}
