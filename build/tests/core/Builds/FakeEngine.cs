using SyscallBench.Builds;
using SyscallBench.Tests.Fixtures;

namespace SyscallBench.Tests.Builds;

/// <summary>An engine without containers.</summary>
internal sealed class FakeEngine(string name) : ContainerEngine(name, new FakeProcesses())
{
    public bool Answers { get; set; } = true;

    public bool RegistryAnswers { get; set; }

    /// <summary>What was done, in words.</summary>
    public List<string> Done { get; } = [];

    private readonly HashSet<string> _images = [];

    protected override Task<EngineAnswer> AskAsync(IReadOnlyList<string> arguments, TimeSpan deadline, CancellationToken cancellation) => Task.FromResult(arguments switch
    {
        ["version"] => new EngineAnswer(Answers, []),
        ["image", "inspect", .., var image] => new EngineAnswer(_images.Contains(image), ["sha256:" + image]),
        ["pull", ..] => new EngineAnswer(RegistryAnswers, []),
        ["import", var tar, var image] => Make($"import {Path.GetFileName(tar)}", image),
        ["build", "--build-arg", var foundation, .., "--tag", var image, _] => Make($"build with {foundation}", image),
        _ => Do(arguments[0]),
    });

    private EngineAnswer Make(string what, string image)
    {
        _images.Add(image);
        return Do(what);
    }

    private EngineAnswer Do(string what)
    {
        Done.Add(what);
        return new EngineAnswer(Done: true, []);
    }
}
