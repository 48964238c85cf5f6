using System.Text.Json;
using SyscallBench.Build.Tests.Hosting;

namespace SyscallBench.Build.Tests.Events;

/// <summary>What the lifetimes log, in its order.</summary>
public sealed class SessionEventsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("events ");
    private readonly SessionFixture _fixture;

    public SessionEventsTests() => _fixture = new SessionFixture { EventsPath = Path.Combine(_folder.FullName, "events.jsonl") };

    public void Dispose()
    {
        _fixture.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("quiet")]
    public void Should_Log_Each_Task_And_Why_It_Failed(string verbosity)
    {
        _fixture.Run("UserError", verbosity);

        Assert.Equal(
            ["task-started Fine", "task-finished Fine", "task-started UserError", "task-failed UserError no such kernel: /tmp/{x}"],
            Events("task", "error"));
    }

    [Fact]
    public void Should_Log_A_Skipped_Task_As_Nothing_Else()
    {
        _fixture.Run("AfterUnwanted");

        Assert.Equal(["task-skipped Unwanted", "task-started AfterUnwanted", "task-finished AfterUnwanted"], Events("task"));
    }

    [Fact]
    public void Should_Log_Findings_At_The_End_Most_Severe_First()
    {
        _fixture.Run("Noticing");

        Assert.Equal(
            [
                "task-started", "task-finished", "finding error linux boot 2 was rejected run Doctor", "finding info machine is small",
            ],
            Events("severity", "subject", "seen", "remedy"));
    }

    private IEnumerable<string> Events(params string[] properties) => File.ReadLines(_fixture.EventsPath!)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Select(json => string.Join(' ', properties.Prepend("event").Where(name => json.TryGetProperty(name, out _)).Select(name => json.GetProperty(name).GetString())));
}
