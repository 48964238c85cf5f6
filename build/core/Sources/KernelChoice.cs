using System.Text.RegularExpressions;
using SyscallBench.Steps;

namespace SyscallBench.Sources;

/// <summary>A Linux to measure, as <c>--kernel</c> says it.</summary>
/// <param name="Text">As typed; of a path, the absolute one.</param>
/// <param name="Name">What rows call it: its series, its release, or the last part of its path.</param>
public sealed partial record KernelChoice(string Text, KernelKind Kind, string Name)
{
    private const string Debian = "debian";

    /// <summary>Linux 5.11, as the EuroSys'21 artifact used it: the one series that kernel.org is asked for.</summary>
    public const string Artifact = "5.11";

    /// <summary>What can be typed, for people.</summary>
    public const string Forms = "debian, a series such as 6.12, a release of kernel.org such as 6.5.3, or the path of a kernel tree or image";

    /// <summary>Whether this is a kernel's name, and no path.</summary>
    public static bool IsName(string text) => text is Debian || Numbers().IsMatch(text);

    /// <summary>The kernels of a list, each with a name of its own.</summary>
    /// <param name="texts">Names and absolute paths.</param>
    /// <param name="osRelease">Text of <c>/etc/os-release</c>, which says what <c>debian</c> is; null where there is none.</param>
    /// <exception cref="UsageError">One is no kernel, or two are the same.</exception>
    public static IReadOnlyList<KernelChoice> ParseAll(IReadOnlyList<string> texts, string? osRelease)
    {
        var choices = texts.Select(text => Parse(text, osRelease)).ToList();
        if (choices.GroupBy(choice => choice.IsPath ? (choice.Kind, choice.Text) : (choice.Kind, choice.Name)).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            throw new UsageError($"--kernel={string.Join(',', texts)}: {string.Join(" and ", twice.Select(choice => choice.Text))} are the same kernel; name each once");
        // Two paths may end alike, or like a series.
        return [.. choices.Select(choice => choice.IsPath && choices.Count(other => other.Name == choice.Name) > 1 ? choice with { Name = choice.Text } : choice)];
    }

    public string Title => $"Linux {Name}";

    /// <summary>It is a tree or an image of the user's: <see cref="Text"/> is its path.</summary>
    public bool IsPath => Kind is KernelKind.Tree or KernelKind.Image;

    /// <exception cref="UsageError">The path is neither a kernel tree nor a bootable image.</exception>
    private static KernelChoice Parse(string text, string? osRelease)
    {
        if (text is Debian)
            return new KernelChoice(text, KernelKind.Debian, DebianKernels.SeriesOf(osRelease) ?? text);
        // kernel.org names a series' first release without the last zero, and we those without a third number after Debian's.
        var numbers = Numbers().Match(text);
        if (text is Artifact || numbers.Groups["sublevel"].Success)
            return new KernelChoice(text, KernelKind.Release, numbers.Groups["sublevel"].Value is "0" ? text[..^2] : text);
        if (numbers.Success)
            return new KernelChoice(text, KernelKind.Debian, text);

        try
        {
            return OfPath(text, Path.TrimEndingDirectorySeparator(Path.GetFullPath(text)));
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageError($"--kernel={text}: you may not read it; make a copy that you may: sudo install -o \"$USER\" '{text}' kernel");
        }
        catch (Exception error) when (error is IOException or UserError and not UsageError)
        {
            throw new UsageError($"--kernel={text}: {error.Message}");
        }
    }

    private static KernelChoice OfPath(string text, string path)
    {
        if (Directory.Exists(path))
        {
            return KernelVersion.Read(path) is null
                ? throw new UsageError($"--kernel={text}: no kernel tree, its Makefile sets no VERSION and PATCHLEVEL")
                : new KernelChoice(path, KernelKind.Tree, Path.GetFileName(path));
        }

        if (!File.Exists(path))
            throw new UsageError($"--kernel={text}: no such file or directory; use {Forms}");
        // A link is a file, whatever has become of its target.
        if (File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false } target)
            throw new UsageError($"--kernel={text}: a link to {target.FullName}, which is not there");

        return KernelImage.IsBootable(path)
            ? new KernelChoice(path, KernelKind.Image, Path.GetFileName(path))
            : throw new UsageError($"--kernel={text}: no kernel, neither a bzImage nor an x86-64 vmlinux");
    }

    // A series, or a release.
    [GeneratedRegex(@"^\d+\.\d+(\.(?<sublevel>\d+))?\z")]
    private static partial Regex Numbers();
}

/// <summary>Where a kernel comes from.</summary>
public enum KernelKind
{
    /// <summary>A source package of Debian's: of the machine's own release, or of any that its mirror has.</summary>
    Debian,

    /// <summary>A release as kernel.org has it.</summary>
    Release,

    /// <summary>A source tree of the user's.</summary>
    Tree,

    /// <summary>A kernel that is built already; it has to have system call 500.</summary>
    Image,
}

/// <summary>Knows a bootable kernel when it sees one.</summary>
public static class KernelImage
{
    private const int Enough = 0x206;

    /// <summary>Whether the file is a bzImage, or a vmlinux for x86-64.</summary>
    public static bool IsBootable(string path)
    {
        _ = FileStatus.Of(path);
        var start = new byte[Enough];
        using var stream = File.OpenRead(path);
        return stream.ReadAtLeast(start, Enough, throwOnEndOfStream: false) == Enough && (IsBzImage(start) || IsVmlinux(start));
    }

    // Documentation/arch/x86/boot.rst: the boot sector's mark, and the setup header's.
    private static bool IsBzImage(byte[] start) => start.AsSpan(0x1fe).StartsWith((byte[])[0x55, 0xaa]) && start.AsSpan(0x202).StartsWith("HdrS"u8);

    // elf(5): 64 bits; an executable (2) for x86-64 (62).
    private static bool IsVmlinux(byte[] start) => start.AsSpan().StartsWith("\u007fELF\u0002"u8) && start.AsSpan(16).StartsWith((byte[])[2, 0, 62, 0]);
}
