namespace SyscallBench.Sources;

/// <summary>A repository at its pinned commit.</summary>
/// <param name="Pin">Which.</param>
/// <param name="Folder">Its work tree.</param>
/// <param name="Cloned">It was cloned just now; otherwise it was there.</param>
/// <param name="LocallyChanged">Somebody changed files in it; what is built is not the pinned source alone.</param>
public sealed record CloneResult(GitPin Pin, string Folder, bool Cloned, bool LocallyChanged);
