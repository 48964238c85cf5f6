using SyscallBench.Model;
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
        var request = new ProcessRequest { Program = "printf", Arguments = ["%s|", "a b", "$HOME", "*", "", "'\""], OnOutput = lines.Add };

        var result = await _runner.RunAsync(request);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("a b|$HOME|*||'\"|", Assert.Single(lines));
    }

    [Fact]
    public async Task Should_Keep_Streams_Apart_When_Both_Write()
    {
        var request = Shell("echo out; echo err >&2; exit 3") with { OutputFile = _folder.Path("out"), ErrorFile = _folder.Path("err") };

        var result = await _runner.RunAsync(request);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal("out\n", File.ReadAllText(_folder.Path("out")));
        Assert.Equal("err\n", File.ReadAllText(_folder.Path("err")));
        Assert.Equal("sh exited with 3: err", result.Describe());
    }

    [Fact]
    public async Task Should_Name_The_Signal_When_One_Ended_The_Program()
    {
        var result = await _runner.RunAsync(Shell("kill -SEGV $$"));

        Assert.Equal(139, result.ExitCode);
        Assert.Equal("sh exited with 139 (SIGSEGV)", result.Describe());
    }

    [Fact]
    public async Task Should_Say_What_To_Do_When_The_Program_Is_Missing()
    {
        var request = new ProcessRequest { Program = "no-such-program-here", Remedy = "apt-get install it" };

        var error = await Assert.ThrowsAsync<UserError>(() => _runner.RunAsync(request));

        Assert.Equal("no-such-program-here: no such program on this machine; apt-get install it", error.Message);
    }

    [Fact]
    public async Task Should_Name_The_Folder_When_There_Is_None_To_Start_In()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => _runner.RunAsync(Shell("true") with { WorkingDirectory = _folder.Path("none") }));

        Assert.StartsWith($"sh cannot be started in {_folder.Path("none")}: ", error.Message);
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
        var request = Shell("sh -c 'trap \"\" TERM; sleep 600 & wait; sleep 600' & setsid sleep 600 & wait") with
        {
            Deadline = TimeSpan.FromMilliseconds(500),
            Grace = TimeSpan.FromMilliseconds(200),
        };

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
        var request = Shell("sleep 600 & echo ready; wait") with { OnOutput = _ => ready.SetResult() };
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
    public async Task Should_Run_On_The_Chosen_Cpu_When_One_Is_Asked_For()
    {
        var cpu = CpuAffinity.Get()[^1];
        var request = new ProcessRequest { Program = "sh", Arguments = ["-c", "grep Cpus_allowed_list /proc/self/status"], Cpus = [cpu] };

        var result = await _runner.RunAsync(request);

        Assert.Equal($"Cpus_allowed_list:\t{cpu}", Assert.Single(result.OutputTail));
    }

    private static ProcessRequest Shell(string script) => new() { Program = "sh", Arguments = ["-c", script] };
}
