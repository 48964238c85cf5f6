using SyscallBench.Boots;
using SyscallBench.Model;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

public sealed class BootStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly BootStore _store;

    public BootStoreTests()
    {
        _store = new BootStore(_folder.Root);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Find_The_Same_Record_When_A_Boot_Was_Kept()
    {
        var record = Boot("console");

        _store.Commit(record);

        Assert.Equivalent(record, _store.Find("floor", 3), strict: true);
        Assert.Null(_store.WhyBoot("floor", 3, record.Inputs));
        Assert.Equal(["boot-003.json", "boot-003.log"], Files());
    }

    [Fact]
    public void Should_Not_Take_A_Log_For_A_Boot_When_Its_Record_Was_Never_Written()
    {
        _store.Commit(Boot("console"));
        File.Delete(_store.RecordPath("floor", 3));

        Assert.Equal("not booted yet", _store.WhyBoot("floor", 3, Boot("console").Inputs));
    }

    [Fact]
    public void Should_Ask_For_The_Boot_Again_When_Its_Log_Was_Edited()
    {
        var record = Boot("console");
        _store.Commit(record);

        File.AppendAllText(_store.LogPath("floor", 3), "x");

        Assert.Equal("its console log is gone or was changed", _store.WhyBoot("floor", 3, record.Inputs));
    }

    [Fact]
    public void Should_Ask_For_The_Boot_Again_When_Its_Record_Is_Cut()
    {
        var record = Boot("console");
        _store.Commit(record);

        File.WriteAllText(_store.RecordPath("floor", 3), "{ \"schema\": ");

        Assert.NotNull(_store.WhyBoot("floor", 3, record.Inputs));
    }

    [Fact]
    public void Should_Name_What_Changed_When_The_Inputs_Differ()
    {
        _store.Commit(Boot("console"));

        var why = _store.WhyBoot("floor", 3, new Dictionary<string, string> { ["arguments"] = "ring=3", ["floor"] = "other" });

        Assert.Equal("floor changed", why);
    }

    [Fact]
    public void Should_Keep_Failure_And_Older_Boot_Side_By_Side_When_A_Replacement_Fails()
    {
        _store.Commit(Boot("good"));

        _store.KeepFailed(Boot("bad") with { Failure = "the guest faulted" });

        Assert.Equal("good", File.ReadAllText(_store.LogPath("floor", 3)));
        Assert.Equal("bad", File.ReadAllText(_store.FailedLogPath("floor", 3)));
        Assert.Equal(["boot-003.failed.json", "boot-003.failed.log", "boot-003.json", "boot-003.log"], Files());
    }

    [Fact]
    public void Should_Forget_The_Failure_When_The_Boot_Succeeds_Later()
    {
        _store.KeepFailed(Boot("bad") with { Failure = "the guest faulted" });

        _store.Commit(Boot("good"));

        Assert.Equal(["boot-003.json", "boot-003.log"], Files());
    }

    [Fact]
    public void Should_Say_Where_And_Why_When_The_Folder_Cannot_Be_Made()
    {
        _folder.Write("floor", "a file where a folder has to be");

        var error = Assert.Throws<UserError>(() => _store.Prepare("floor", 3));

        Assert.Contains("boot-003.log.part cannot be written", error.Message);
    }

    private BootRecord Boot(string console)
    {
        _store.Prepare("floor", 3);
        File.WriteAllText(_store.PartPath("floor", 3), console);
        return new BootRecord
        {
            Platform = "floor",
            Boot = 3,
            Order = 7,
            Unit = Unit.Instructions,
            CommandLine = ["qemu-system-x86_64", "-append", "ring=3"],
            Started = DateTimeOffset.UnixEpoch,
            Finished = DateTimeOffset.UnixEpoch.AddSeconds(1),
            ExitCode = 33,
            Deadline = 120,
            Pinning = "vCPU not pinned",
            Facts = new Dictionary<string, string> { ["steal.ticks"] = "0" },
            Inputs = new Dictionary<string, string> { ["arguments"] = "ring=3", ["floor"] = "abc" },
            LogHash = BootStore.HashOf(_store.PartPath("floor", 3)),
        };
    }

    private IEnumerable<string?> Files() => Directory.EnumerateFiles(_folder.Path("floor")).Select(Path.GetFileName).Order();
}
