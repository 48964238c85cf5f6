using System.Text.Json.Serialization;
using SyscallBench.Build.Events;
using SyscallBench.Model;

namespace SyscallBench.Build.Tests.Events;

public sealed class EventLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("events ");

    private string File => Path.Combine(_folder.FullName, "events.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Should_Append_One_Line_Per_Event_With_Its_Time_In_Utc()
    {
        System.IO.File.WriteAllText(File, "{\"event\":\"run-finished\"}\n");
        using var log = EventLog.Open(File, new ManualClock());

        log.Add(new RunStarted("1.0.0", ["--target=Run", "zwölf\n\"Namen\""], ["Run"]));
        log.Add(new BootFinished("linux", 1, 3, 12, 1.25, null, "instructions", 247.5));

        Assert.Equal(
            [
                """{"event":"run-finished"}""",
                """{"event":"run-started","time":"2026-01-02T03:04:05Z","version":"1.0.0","arguments":["--target=Run","zwölf\n\"Namen\""],"targets":["Run"],"schema":"syscall-bench/events/v1"}""",
                """{"event":"boot-finished","time":"2026-01-02T03:04:05Z","platform":"linux","boot":1,"order":3,"total":12,"seconds":1.25,"unit":"instructions","scall":247.5}""",
            ],
            System.IO.File.ReadAllLines(File));
    }

    [Fact]
    public void Should_Name_Every_Kind_Once_In_The_Documentation()
    {
        var documentation = System.IO.File.ReadAllText(Path.Combine(Workspace.Above(AppContext.BaseDirectory).Root, "CONTRIBUTING.md"));

        Assert.All(Kinds(), kind => Assert.Contains($"| `{kind}` |", documentation, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Declare_Every_Kind() => Assert.Equal(
        typeof(LogEvent).Assembly.GetTypes().Count(type => type.BaseType == typeof(LogEvent)),
        Kinds().Distinct().Count());

    [Fact]
    public void Should_Write_Nothing_When_Nobody_Asked()
    {
        using var log = EventLog.Open(null, TimeProvider.System);

        log.Add(new TaskStarted("Run"));

        Assert.False(log.IsOn);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Should_Refuse_A_Folder_That_Is_Not_There()
    {
        var path = Path.Combine(_folder.FullName, "none", "events.jsonl");

        var error = Assert.Throws<UsageError>(() => EventLog.Open(path, TimeProvider.System));

        Assert.Equal($"--events: {path} cannot be written: its folder does not exist; make it, or name another file", error.Message);
    }

    [Fact]
    public void Should_Refuse_A_Folder()
    {
        var error = Assert.Throws<UsageError>(() => EventLog.Open(_folder.FullName, TimeProvider.System));

        Assert.Equal($"--events: {_folder.FullName} is a folder; name a file", error.Message);
    }

    [Fact]
    public void Should_Give_Up_The_Log_And_Nothing_Else_When_The_Disk_Is_Full()
    {
        using var log = EventLog.Open("/dev/full", TimeProvider.System);

        log.Add(new TaskStarted("Run"));
        log.Add(new TaskFinished("Run", 1));

        Assert.StartsWith("/dev/full cannot be written: ", log.Fault, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Kinds() => typeof(LogEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Select(attribute => (string)((JsonDerivedTypeAttribute)attribute).TypeDiscriminator!);
}
