using SyscallBench.Boots;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Boots;

public sealed class BootStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Setting _setting = Settings.Of("floor");
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

        _store.Keep(record);

        Assert.Equivalent(record, _store.Find(_setting, 3), strict: true);
        Assert.Equal(["boot-003.json", "boot-003.log"], Files());
        Assert.Equal($"floor/{_setting.Name}/boot-003.log", _store.Counted(record).Log);
    }

    [Fact]
    public void Should_Not_Find_A_Boot_Of_Another_Setting()
    {
        _store.Keep(Boot("console"));

        Assert.Null(_store.Find(_setting with { Cpu = "EPYC-v1" }, 3));

        // Nor where somebody moved the files.
        var other = _setting with { Rounds = 21 };
        Directory.Move(Path.GetDirectoryName(_store.LogPath(_setting, 3))!, Path.GetDirectoryName(_store.LogPath(other, 3))!);
        Assert.Null(_store.Find(other, 3));
    }

    [Fact]
    public void Should_Not_Take_A_Log_For_A_Boot_When_Its_Record_Was_Never_Written()
    {
        _store.Keep(Boot("console"));
        File.Delete(_store.RecordPath(_setting, 3));

        Assert.Null(_store.Find(_setting, 3));
    }

    [Fact]
    public void Should_Not_Find_The_Boot_When_Its_Log_Was_Edited()
    {
        _store.Keep(Boot("console"));

        File.AppendAllText(_store.LogPath(_setting, 3), "x");

        Assert.Null(_store.Find(_setting, 3));
    }

    [Theory]
    [InlineData("{ \"schema\": ")]
    [InlineData("null")]
    [InlineData("{ \"schema\": \"syscall-bench/boot/v2\", \"setting\": null }")]
    public void Should_Not_Find_The_Boot_When_Its_Record_Is_Damaged(string damaged)
    {
        _store.Keep(Boot("console"));

        File.WriteAllText(_store.RecordPath(_setting, 3), damaged);

        Assert.Null(_store.Find(_setting, 3));
    }

    // Half a file, nulls where values have to be, and a pipe that nobody writes to.
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"schema\":\"syscall-bench/boot/v2\",\"setting\":null}")]
    [InlineData("{\"schema\":\"syscall-bench/boot/v2\",\"schema\":\"syscall-bench/boot/v2\"}")]
    [InlineData(null)]
    public void Should_Not_Find_The_Boot_When_Something_Else_Is_In_The_Place_Of_Its_Files(string? content)
    {
        _store.Keep(Boot("console"));
        Replace(_store.LogPath(_setting, 3));
        Assert.Null(_store.Find(_setting, 3));
        _store.Keep(Boot("console"));
        Replace(_store.RecordPath(_setting, 3));
        Assert.Null(_store.Find(_setting, 3));

        void Replace(string path)
        {
            File.Delete(path);
            if (content is not null)
                File.WriteAllText(path, content);
            else
                System.Diagnostics.Process.Start("mkfifo", [path]).WaitForExit();
        }
    }

    [Fact]
    public void Should_Keep_Every_Failure_Beside_The_Boot_That_Counts()
    {
        _store.Keep(Boot("bad") with { Failure = "the guest faulted" });
        _store.Keep(Boot("worse") with { Failure = "the guest hung" });

        _store.Keep(Boot("good"));

        Assert.Equal("good", File.ReadAllText(_store.LogPath(_setting, 3)));
        Assert.Equal([(1, "the guest faulted"), (2, "the guest hung")], _store.Failed(_setting, 3).Select(boot => (boot.Attempt, boot.Reason)));
        Assert.Equal("worse", File.ReadAllText(_folder.Path(_store.Failed(_setting, 3)[1].Log)));
    }

    [Fact]
    public void Should_Say_Where_And_Why_When_The_Folder_Cannot_Be_Made()
    {
        _folder.Write("floor", "a file where a folder has to be");

        var error = Assert.Throws<UserError>(() => _store.Prepare(_setting, 3));

        Assert.Contains("boot-003.log.part", error.Message);
    }

    private BootRecord Boot(string console)
    {
        _store.Prepare(_setting, 3);
        File.WriteAllText(_store.PartPath(_setting, 3), console);
        return new BootRecord
        {
            Run = "20210426T000000000Z",
            Setting = _setting,
            Attempt = 1,
            Boot = 3,
            Order = 7,
            Unit = Unit.Instructions,
            CommandLine = ["qemu-system-x86_64", "-append", "ring=3"],
            Started = DateTimeOffset.UnixEpoch,
            Finished = DateTimeOffset.UnixEpoch.AddSeconds(1),
            ExitCode = 33,
            Deadline = 120,
            Pinning = Pinning.None("no need"),
            Facts = new BootFacts { StealTicks = 0 },
            LogHash = Sha256.OfFile(_store.PartPath(_setting, 3)),
        };
    }

    private IEnumerable<string?> Files() => Directory.EnumerateFiles(_folder.Path(Path.Combine("floor", _setting.Name))).Select(Path.GetFileName).Order();
}
