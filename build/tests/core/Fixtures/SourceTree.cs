namespace SyscallBench.Tests.Fixtures;

/// <summary>The source tree that these tests were built from.</summary>
public static class SourceTree
{
    /// <summary>Its top: the nearest folder above the tests that holds the benchmark's sources.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "bench-src")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("the tests do not run below the source tree");
        }
    }
}
