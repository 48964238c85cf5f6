namespace SyscallBench.Builds;

/// <summary>What decides the bytes a toolchain makes.</summary>
/// <param name="Name"><c>host</c>, <c>docker</c> or <c>podman</c>.</param>
/// <param name="Versions">First line of what each tool says about its version: <c>gcc</c>, <c>ld</c>, …; a container has its <c>image</c> digest too.</param>
public sealed record ToolchainIdentity(string Name, IReadOnlyDictionary<string, string> Versions);
