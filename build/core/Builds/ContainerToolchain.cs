using System.Text.Json;
using SyscallBench.Model;
using SyscallBench.Processes;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>The compilers of an image, each command in a closed container.</summary>
/// <param name="workspace">Keeps what the image says of itself, so that it is asked once.</param>
/// <param name="engine">Docker or Podman.</param>
/// <param name="commands">Runs the engine's client.</param>
/// <param name="image">The image's digest.</param>
public sealed class ContainerToolchain(Workspace workspace, IContainerEngine engine, ICommandRunner commands, string image) : IToolchain
{
    /// <summary>What is kept, and the command whose first line it is.</summary>
    private static readonly Dictionary<string, string[]> _questions = new()
    {
        ["gcc"] = ["gcc", "--version"],
        ["ld"] = ["ld", "--version"],
        ["make"] = ["make", "--version"],
        ["base image"] = ["cat", "/etc/toolchain-base"],
    };

    private ToolchainIdentity? _identity;

    /// <inheritdoc/>
    public string Name => engine.Name;

    private string Remembered => Path.Combine(workspace.State, $"toolchain-{engine.Name}.json");

    /// <inheritdoc/>
    public async Task<ToolchainIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        _identity ??= Recall();
        if (_identity is null)
        {
            _identity = new ToolchainIdentity(Name, await AskAsync(cancellation));
            AtomicFile.Write(Remembered, JsonSerializer.Serialize(_identity));
        }

        return _identity;
    }

    /// <inheritdoc/>
    public IBuildRoom Open(BuildPlaces places)
    {
        if (places.Cache is { } cache)
            Directory.CreateDirectory(cache);
        return new ContainerRoom(engine, commands, new ContainerRun
        {
            Image = image,
            Name = "",
            User = Caller.InContainers,
            Places = places,
            EngineOptions = EngineOptions,
        });
    }

    // Podman raises limits to its own defaults, which a machine without CAP_SYS_RESOURCE refuses ("--ulimit host" of 4.3 does not help);
    // and without keep-id a rootless one gives the caller's files to a user of its own.
    private IReadOnlyList<string> EngineOptions => engine.Name is not "podman"
        ? []
        : ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--userns", "keep-id"]];

    private ToolchainIdentity? Recall()
    {
        try
        {
            var known = JsonSerializer.Deserialize<ToolchainIdentity>(File.ReadAllText(Remembered));
            return known?.Versions.GetValueOrDefault("image") == image ? known : null;
        }
        catch (Exception none) when (none is IOException or JsonException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> AskAsync(CancellationToken cancellation)
    {
        var versions = new Dictionary<string, string>();
        foreach (var (name, question) in _questions)
        {
            string? first = null;
            var ask = new Command(engine.Name, ["run", "--rm", "--pull", "never", "--network", "none", .. EngineOptions, image, .. question]) { OnLine = line => first ??= line };
            if (await commands.RunAsync(ask, cancellation) != 0 || first is null)
                throw new UserError($"the toolchain image does not run with {engine.Name}: {first ?? "it says nothing"}; remove it ({engine.Name} rmi {image}) and run again");
            versions.Add(name, first);
        }

        versions.Add("image", image);
        return versions;
    }
}
