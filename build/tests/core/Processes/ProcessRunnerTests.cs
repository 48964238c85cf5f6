using SyscallBench.Processes;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Processes;

public sealed class ProcessRunnerTests : IDisposable
{
    private readonly ProcessRunner _runner = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Should_Hand_Arguments_Over_Unchanged_When_They_Hold_Shell_Characters()
    {
        var lines = new List<string>();
        var request = new ProcessRequest("printf", ["%s|", "a b", "$HOME", "*", "", "'\""]) { OnLine = lines.Add };

        var result = await _runner.RunAsync(request);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("a b|$HOME|*||'\"|", Assert.Single(lines));
    }

    [Fact]
    public async Task Should_Keep_Streams_Apart_When_Both_Write()
    {
        var request = Shell("echo out; echo err >&2; exit 3") with { OutputFile = _folder.Path("out") };

        var result = await _runner.RunAsync(request);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("out\n", File.ReadAllText(_folder.Path("out")));
        Assert.Equal(["out"], result.OutputTail);
        Assert.Equal(["err"], result.ErrorTail);
    }

    [Fact]
    public async Task Should_Name_The_Signal_When_One_Ended_The_Program()
    {
        var result = await _runner.RunAsync(Shell("kill -SEGV $$"));

        Assert.Equal(139, result.ExitCode);
        Assert.Contains("SIGSEGV", result.Describe());
    }

    [Fact]
    public async Task Should_Say_What_To_Do_When_The_Program_Is_Missing()
    {
        var request = new ProcessRequest("no-such-program-here") { Remedy = "apt-get install it" };

        var error = await Assert.ThrowsAsync<UserError>(() => _runner.RunAsync(request));

        Assert.Matches("no-such-program-here.*apt-get install it", error.Message);
    }

    [Fact]
    public async Task Should_Name_The_Folder_When_There_Is_None_To_Start_In()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => _runner.RunAsync(Shell("true") with { WorkingDirectory = _folder.Path("none") }));

        Assert.Contains(_folder.Path("none"), error.Message);
    }

    [Fact]
    public async Task Should_Start_Nothing_When_The_Output_File_Cannot_Be_Written()
    {
        var request = Shell("touch \"$0\"") with { Arguments = ["-c", "touch \"$0\"", _folder.Path("started")], OutputFile = _folder.Path("no", "folder") };

        await Assert.ThrowsAsync<UserError>(() => _runner.RunAsync(request));

        Assert.False(File.Exists(_folder.Path("started")));
    }

    [Fact]
    public async Task Should_End_The_Whole_Tree_When_The_Deadline_Passes()
    {
        // A grandchild that ignores SIGTERM, and one that left the session.
        var request = Shell("sh -c 'trap \"\" TERM; sleep 600 & wait; sleep 600' & setsid sleep 600 & wait") with { Deadline = TimeSpan.FromMilliseconds(500) };

        var child = await _runner.StartAsync(request);
        var result = await child.Completion;

        Assert.True(result.TimedOut);
        Assert.False(result.Succeeded);
        Assert.Empty(ProcessTree.Members(child.Pid));
    }

    [Fact]
    public async Task Should_End_The_Whole_Tree_When_Cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var ready = new TaskCompletionSource();
        var request = Shell("sleep 600 & echo ready; wait") with { OnLine = _ => ready.SetResult() };
        var child = await _runner.StartAsync(request, cancellation.Token);
        await ready.Task;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => child.Completion);
        Assert.Empty(ProcessTree.Members(child.Pid));
    }

    [Fact]
    public async Task Should_End_What_A_Program_Leaves_Behind_When_It_Exits()
    {
        var child = await _runner.StartAsync(Shell("sleep 600 &"));

        var result = await child.Completion;

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(ProcessTree.Members(child.Pid));
    }

    [Fact]
    public async Task Should_Not_Wait_For_A_Daemon_That_Keeps_The_Pipes_Open()
    {
        // Its parent is gone, its session its own: nothing tells that it is ours.
        var result = await _runner.RunAsync(Shell("setsid sleep 8 &")).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Should_Keep_The_First_And_The_Last_Lines_However_Many_There_Are()
    {
        var seen = 0;

        var result = await _runner.RunAsync(Shell("seq 100000 >&2") with { OnLine = _ => seen++ });

        Assert.Equal(100000, seen);
        Assert.Equal(2 * BoundedLines.Kept + 1, result.ErrorTail.Count);
        Assert.Equal(("1", "100000"), (result.ErrorTail[0], result.ErrorTail[^1]));
    }

    [Fact]
    public async Task Should_Cut_A_Line_That_Never_Ends()
    {
        var result = await _runner.RunAsync(Shell("head -c 50000000 /dev/zero | tr '\\0' x; echo; echo after"));

        Assert.Equal(2, result.OutputTail.Count);
        Assert.InRange(result.OutputTail[0].Length, BoundedLines.LongestLine, BoundedLines.LongestLine + 100);
        Assert.Equal("after", result.OutputTail[1]);
    }

    [Fact]
    public async Task Should_Run_On_The_Chosen_Cpu_When_One_Is_Asked_For()
    {
        var cpu = CpuAffinity.Get()[^1];
        var request = new ProcessRequest("sh", ["-c", "grep Cpus_allowed_list /proc/self/status"]) { Cpu = cpu };

        var result = await _runner.RunAsync(request);

        Assert.Equal($"Cpus_allowed_list:\t{cpu}", Assert.Single(result.OutputTail));
    }

    private static ProcessRequest Shell(string script) => new("sh", "-c", script);
}
