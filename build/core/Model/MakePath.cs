namespace SyscallBench.Model;

/// <summary>Tells which paths make and its makefiles can work with.</summary>
public static class MakePath
{
    public static bool IsSafe(string path) => path.All(character => char.IsAsciiLetterOrDigit(character) || "/._-+@,".Contains(character, StringComparison.Ordinal));
}
