using LibGit2Sharp;
using SyscallBench.Build.Options;
using SyscallBench.Steps;

namespace SyscallBench.Build.Tests.Hosting;

/// <summary>Engine, lifetimes, log and outcome together.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Should_Wait_For_Its_Holder_When_A_Run_Finds_The_Checkout_Locked()
    {
        using var session = new SessionFixture();
        Task<int> second;
        using (await CheckoutLock.TakeAsync(session.Workspace, "Run", cancellation: TestContext.Current.CancellationToken))
        {
            second = Task.Run(() => session.Run("Fine"));
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

            Assert.False(second.IsCompleted);
            Assert.Contains($"process {Environment.ProcessId}", session.Console.Output, StringComparison.Ordinal);
        }

        Assert.Equal(0, await second);
    }

    [Fact]
    public void Should_Print_A_Heading_And_What_The_Task_Says()
    {
        Assert.Equal(0, _fixture.Run("Fine"));
        Assert.Equal(["== Fine", "fine {0}"], _fixture.Console.Output.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void Should_Be_Silent_When_Quiet()
    {
        Assert.Equal(0, _fixture.Run("Fine", "quiet"));
        Assert.Empty(_fixture.Console.Output);
    }

    [Fact]
    public void Should_Say_Once_What_Went_Wrong_When_A_Task_Throws_A_User_Error()
    {
        Assert.Equal(1, _fixture.Run("UserError"));
        Assert.Equal("error: no such kernel: /tmp/{x}", _fixture.Errors);
        Assert.Empty(_fixture.Console.Errors);
    }

    [Fact]
    public void Should_Exit_With_2_When_A_Task_Finds_Wrong_Usage()
    {
        Assert.Equal(2, _fixture.Run("LateUsageError"));
        Assert.Equal("error: no such baseline", _fixture.Errors);
    }

    [Fact]
    public void Should_Name_Task_And_Kind_When_It_Is_A_Bug()
    {
        Assert.Equal(1, _fixture.Run("Bug"));
        Assert.Equal("error: Bug: InvalidOperationException: oops (a bug; --verbosity=diagnostic shows where)", _fixture.Errors);
    }

    [Fact]
    public void Should_Show_The_Stack_When_Diagnostic()
    {
        Assert.Equal(1, _fixture.Run("Bug", "diagnostic"));
        Assert.Contains("at SyscallBench.Build.Tests.Hosting.BugTask.Run", _fixture.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Print_What_Was_Noticed_At_The_End_Most_Severe_First()
    {
        Assert.Equal(0, _fixture.Run("Noticing"));
        Assert.Equal(
            [
                "== Noticing",
                "error: linux boot 2: was rejected",
                "    run Doctor",
                "notes that change no conclusion are in results/report.html, and shown under --verbosity=verbose",
            ],
            _fixture.Console.Output.TrimEnd().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("LongAndWrong")]
    [InlineData("LongAndChatty")]
    public void Should_Leave_An_Empty_Line_On_The_Terminal_However_A_Task_Ends(string target)
    {
        _fixture.Run(target);

        Assert.StartsWith("\r\u001b[Kcompiling", _fixture.Terminal, StringComparison.Ordinal);
        Assert.EndsWith("\r\u001b[K", _fixture.Terminal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "Zulu Alpha", "Fine Zulu Alpha")]
    [InlineData(false, "Zulu Noticing Alpha", "Fine Zulu Noticing Alpha")]
    [InlineData(false, "Alpha Fine", "Fine Alpha")]
    [InlineData(true, "Zulu Alpha", "Zulu Alpha")]
    [InlineData(true, "Zulu Noticing Alpha", "Zulu Noticing Alpha")]
    public void Should_Run_Several_Targets_In_The_Order_Typed_And_What_They_Need_Once(bool exclusive, string targets, string tasks)
    {
        Assert.Equal(0, _fixture.Run(new CommandLine { Targets = targets.Split(' '), Exclusive = exclusive }));
        Assert.Equal(tasks, string.Join(' ', _fixture.Console.Output.Split('\n').Where(line => line.StartsWith("== ", StringComparison.Ordinal)).Select(line => line[3..])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_Run_No_Further_Target_When_One_Fails(bool exclusive)
    {
        Assert.Equal(1, _fixture.Run(new CommandLine { Targets = ["UserError", "Alpha"], Exclusive = exclusive }));
        Assert.DoesNotContain("== Alpha", _fixture.Console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_Before_Any_Work_What_The_Last_Of_Several_Targets_Cannot_Do()
    {
        Assert.Equal(2, _fixture.Run(new CommandLine { Targets = ["Fine", "CloneDeps"], Exclusive = true, Options = new BenchOptions { Mirror = "/nowhere" } }));
        Assert.DoesNotContain("== Fine", _fixture.Console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_The_Commit_Of_The_Checkout_As_It_Is_Now()
    {
        var root = _fixture.Workspace.Root;
        Repository.Init(root);
        File.WriteAllText(Path.Combine(root, ".gitignore"), "/artifacts/\n");
        using var repository = new Repository(root);
        Commands.Stage(repository, "*");
        var author = new Signature("A. Tester", "tester@example.org", DateTimeOffset.UnixEpoch);
        var commit = repository.Commit("first", author, author).Sha;

        _fixture.Run("Commit", "quiet");
        File.AppendAllText(Path.Combine(root, ".gitignore"), "mine\n");
        _fixture.Run("Commit", "quiet");

        Assert.Equal([commit, commit + "-dirty"], _fixture.Console.Output.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void Should_Name_The_Commit_That_The_Program_Was_Compiled_From_When_The_Checkout_Has_None()
    {
        _fixture.Run("Commit", "quiet");

        Assert.Equal(ProgramVersion.Commit ?? "none", _fixture.Console.Output.TrimEnd());
    }

    [Fact]
    public void Should_Print_Notes_Too_When_Verbose()
    {
        Assert.Equal(0, _fixture.Run("Noticing", "verbose"));
        Assert.Contains("info: machine: is small", _fixture.Console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Cancel_And_Start_No_Further_Task_When_Interrupted()
    {
        // Its bit 0 is SIGHUP, which nohup has ignored, here as in the program.
        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        Assert.SkipWhen("13579bdf".Contains(ignored[^1], StringComparison.Ordinal), "the tests were started by nohup");
        var run = Task.Run(() => _fixture.Run("AfterPatient"), TestContext.Current.CancellationToken);
        while (!_fixture.Console.Output.Contains("== Patient", StringComparison.Ordinal))
            await Task.Delay(10, TestContext.Current.CancellationToken);

        SessionFixture.Signal("-HUP");

        Assert.Equal(130, await run);
        Assert.Equal("interrupted (SIGHUP): cleaning up; once more to stop at once", _fixture.Errors);
        Assert.DoesNotContain("too late", _fixture.Console.Output, StringComparison.Ordinal);
    }
}
