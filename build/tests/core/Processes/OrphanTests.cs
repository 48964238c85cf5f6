using System.Diagnostics;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Processes;

/// <summary>The tool itself is killed with SIGKILL, which no code of its own can see: what it started has to go all the same.</summary>
public sealed class OrphanTests
{
    private const string PidVariable = "SYSCALL_BENCH_TEST_PID";

    [Fact]
    public async Task Should_Leave_No_Process_When_The_Tool_Itself_Is_Killed()
    {
        using var folder = new TempFolder();
        var pidFile = folder.Path("pid");
        using var tool = StartTool(pidFile);
        int root;
        try
        {
            Assert.True(await Eventually.HoldsAsync(() => File.Exists(pidFile), seconds: 60), "the tool did not start");
            root = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
            Assert.True(await Eventually.HoldsAsync(() => ProcessTree.Members(root).Count == 4), "the tree did not start");
        }
        finally
        {
            tool.Kill();
        }

        Assert.True(await Eventually.HoldsAsync(() => ProcessTree.Members(root).Count == 0), $"of session {root} something lives on");
    }

    /// <summary>Not a test but the tool that the test above kills: it starts a tree of four and never ends.</summary>
    [Fact(Explicit = true)]
    public async Task Helper_Starts_A_Tree_And_Waits()
    {
        using var runner = new ProcessRunner();
        const string Tree = "sleep 600 & sh -c 'sleep 600; :' & echo $$ > \"$0.new\"; mv \"$0.new\" \"$0\"; wait";

        await runner.RunAsync(new ProcessRequest("sh", ["-c", Tree, Environment.GetEnvironmentVariable(PidVariable)!]));
    }

    private static Process StartTool(string pidFile)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            Environment = { [PidVariable] = pidFile },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OrphanTests).Assembly.Location);
        }

        foreach (var argument in (string[])["-explicit", "only", "-method", $"{typeof(OrphanTests).FullName}.{nameof(Helper_Starts_A_Tree_And_Waits)}"])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
