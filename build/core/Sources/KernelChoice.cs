using SyscallBench.Model;

namespace SyscallBench.Sources;

/// <summary>Which Linux is measured, as <c>--kernel</c> says it.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Path">Absolute path of the tree or the image; null for the others.</param>
public sealed record KernelChoice(KernelKind Kind, string? Path = null)
{
    /// <param name="text"><c>debian</c>, <c>5.11</c>, or a path.</param>
    /// <exception cref="UsageError">The path is neither a kernel tree nor a bootable image.</exception>
    public static KernelChoice Parse(string text)
    {
        if (text is "debian")
            return new KernelChoice(KernelKind.Debian);
        if (text is "5.11")
            return new KernelChoice(KernelKind.Artifact);

        var path = System.IO.Path.GetFullPath(text);
        if (Directory.Exists(path))
        {
            return KernelVersion.Read(path) is null
                ? throw new UsageError($"--kernel={text}: no kernel tree, its Makefile sets no VERSION and PATCHLEVEL")
                : new KernelChoice(KernelKind.Tree, path);
        }

        if (!File.Exists(path))
            throw new UsageError($"--kernel={text}: no such file or directory; use debian, 5.11, or the path of a kernel tree or image");
        return KernelImage.IsBootable(path)
            ? new KernelChoice(KernelKind.Image, path)
            : throw new UsageError($"--kernel={text}: no kernel, neither a bzImage nor an x86-64 vmlinux");
    }
}

/// <summary>Where a kernel comes from.</summary>
public enum KernelKind
{
    /// <summary>The source package of the machine's own Debian release.</summary>
    Debian,

    /// <summary>Linux 5.11 from kernel.org, as the EuroSys'21 artifact used it.</summary>
    Artifact,

    /// <summary>A source tree of the user's.</summary>
    Tree,

    /// <summary>A kernel that is built already; it has to have system call 500.</summary>
    Image,
}
