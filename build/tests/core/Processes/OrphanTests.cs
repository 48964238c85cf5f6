using System.Diagnostics;
using System.Globalization;
using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Processes;

/// <summary>The tool itself is killed with SIGKILL, which no code of its own can see: what it started has to go all the same.</summary>
public sealed class OrphanTests
{
    private const string PidsVariable = "SYSCALL_BENCH_TEST_PIDS";

    [Fact]
    public async Task Should_Leave_No_Process_When_The_Tool_Itself_Is_Killed()
    {
        using var folder = new TempFolder();
        var pidsFile = folder.Path("pids");
        using var tool = StartTool(pidsFile);
        Assert.True(await Eventually.HoldsAsync(() => File.Exists(pidsFile) && File.ReadAllText(pidsFile).TrimEnd().EndsWith('.'), seconds: 60), "the tool did not start");
        var pids = File.ReadAllText(pidsFile).Replace(".", "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToList();

        tool.Kill();

        Assert.Equal(3, pids.Count);
        foreach (var pid in pids)
        {
            Assert.True(await Eventually.HoldsAsync(() => ProcessTree.Members(pid).Count == 0), $"process {pid} lives on");
        }
    }

    /// <summary>Not a test but the tool that the test above kills: it starts a tree of three and never ends.</summary>
    [Fact(Explicit = true)]
    public async Task Helper_Starts_A_Tree_And_Waits()
    {
        using var runner = new ProcessRunner();
        const string Tree = "sleep 600 & first=$!; sh -c 'echo $$ $1 $2 $(echo .) > $0; exec sleep 600' \"$0.new\" $first $$ & sleep 0.2; mv \"$0.new\" \"$0\"; wait";

        await runner.RunAsync(new ProcessRequest { Program = "sh", Arguments = ["-c", Tree, Environment.GetEnvironmentVariable(PidsVariable)!] });
    }

    private static Process StartTool(string pidsFile)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            Environment = { [PidsVariable] = pidsFile },
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
