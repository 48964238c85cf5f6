namespace SyscallBench.Model;

/// <summary>The lower-case names that files, tables and arguments use.</summary>
public static class Names
{
    public static string Name(this Call call) => call.ToString().ToLowerInvariant();

    public static string Name(this Unit unit) => unit.ToString().ToLowerInvariant();

    public static string Name(this Image image) => image.ToString().ToLowerInvariant();
}
