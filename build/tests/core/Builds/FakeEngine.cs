using SyscallBench.Builds;

namespace SyscallBench.Tests.Builds;

/// <summary>An engine without containers.</summary>
internal sealed class FakeEngine(string name) : IContainerEngine
{
    public string Name => name;

    public string? WhyUnusable { get; set; }

    public bool RegistryAnswers { get; set; }

    /// <summary>Image to digest.</summary>
    public Dictionary<string, string> Images { get; } = [];

    /// <summary>What was done, in words.</summary>
    public List<string> Done { get; } = [];

    public Task<string?> WhyUnusableAsync(CancellationToken cancellation) => Task.FromResult(WhyUnusable);

    public Task<string?> ImageIdAsync(string image, CancellationToken cancellation) => Task.FromResult(Images.GetValueOrDefault(image));

    public Task<bool> PullAsync(string image, CancellationToken cancellation) => Task.FromResult(RegistryAnswers);

    public Task ImportAsync(string tarFile, string image, CancellationToken cancellation) => Add($"import {Path.GetFileName(tarFile)}", image);

    public Task BuildAsync(string folder, IReadOnlyDictionary<string, string> arguments, string image, CancellationToken cancellation)
        => Add($"build on {arguments["BASE"]}", image);

    public Task KillAsync(string container)
    {
        Done.Add("kill");
        return Task.CompletedTask;
    }

    private Task Add(string what, string image)
    {
        Done.Add(what);
        Images[image] = "sha256:" + what;
        return Task.CompletedTask;
    }
}
