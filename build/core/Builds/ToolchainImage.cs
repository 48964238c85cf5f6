using System.Security.Cryptography;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>The image of <c>tools/toolchain/Dockerfile</c>: built when it is missing, never twice.</summary>
public sealed class ToolchainImage(Workspace workspace, IContainerEngine engine, DebianBase debian)
{
    private const string Registry = "debian:bookworm-slim";
    private const string Imported = "syscall-bench-base:bookworm";

    private string Folder => Path.Combine(workspace.Root, "tools", "toolchain");

    /// <summary>Its name holds the Dockerfile's hash: another Dockerfile is another image.</summary>
    private string Tag
    {
        get
        {
            var dockerfile = Path.Combine(Folder, "Dockerfile");
            return File.Exists(dockerfile)
                ? $"syscall-bench-toolchain:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(dockerfile)))[..12]}"
                : throw new UserError($"{dockerfile} is missing: restore it (git checkout) and run again");
        }
    }

    /// <returns>The image's digest.</returns>
    /// <exception cref="UserError">No base image can be had, or a package cannot be installed.</exception>
    public async Task<string> EnsureAsync(Action<string>? say, CancellationToken cancellation)
    {
        if (await engine.ImageIdAsync(Tag, cancellation) is { } present)
            return present;

        say?.Invoke($"building the toolchain image with {engine.Name}, once");
        var image = Tag;
        var foundation = await BaseAsync(say, cancellation);
        var arguments = new Dictionary<string, string>
        {
            ["BASE"] = foundation,
            ["BASE_DIGEST"] = await engine.ImageIdAsync(foundation, cancellation) ?? "unknown",
        };
        await engine.BuildAsync(Folder, arguments, image, cancellation);
        return await engine.ImageIdAsync(image, cancellation)
            ?? throw new UserError($"{engine.Name} built {image} and does not have it; run again");
    }

    private async Task<string> BaseAsync(Action<string>? say, CancellationToken cancellation)
    {
        if (await engine.ImageIdAsync(Registry, cancellation) is not null || await engine.PullAsync(Registry, cancellation))
            return Registry;
        if (await engine.ImageIdAsync(Imported, cancellation) is not null)
            return Imported;

        say?.Invoke($"no registry gives {Registry}: making a base from this machine's Debian mirror");
        using var staging = new StagingFolder(workspace, "base-image");
        await engine.ImportAsync(await debian.MakeAsync(staging.Path, cancellation), Imported, cancellation);
        return Imported;
    }
}
