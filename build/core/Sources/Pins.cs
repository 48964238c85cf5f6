using SyscallBench.Model;

namespace SyscallBench.Sources;

/// <summary>The sources that are not ours, each at one version.</summary>
public static class Pins
{
    /// <summary>Unikraft as measured for the EuroSys'21 paper, with the noop system call 500.</summary>
    public static GitPin Unikraft { get; } = new("skuenzer", "unikraft", "1ed1dc1d1172865dc9316ed0d4455fb991b3ab19");

    /// <summary>The Unikraft application that loads an ELF from its initrd and runs it.</summary>
    public static GitPin ElfLoader { get; } = new("skuenzer", "app-elfloader", "665359089027bf7df9337915eaf8fc55eab37801");

    /// <summary>The ELF parser that the loader links.</summary>
    public static GitPin LibElf { get; } = new("skuenzer", "lib-libelf", "7692de06a1141ea03f8f456ae84bfee31ac7e3f6");

    /// <summary>Every repository that CloneDeps clones.</summary>
    public static IReadOnlyList<GitPin> Repositories { get; } = [Unikraft, ElfLoader, LibElf];

    /// <summary>The kernel of the EuroSys'21 artifact.</summary>
    public static DownloadPin Linux511 { get; } = new(
        "linux-5.11.tar.xz",
        new Uri("https://cdn.kernel.org/pub/linux/kernel/v5.x/linux-5.11.tar.xz"),
        "04f07b54f0d40adfab02ee6cbd2a942c96728d87c1ef9e120d0cb9ba3fe067b4");
}

/// <summary>A repository at the one commit that is built.</summary>
/// <param name="Owner">Whose repository it is.</param>
/// <param name="Repository">Its name, and the name of its clone's folder.</param>
/// <param name="Commit">Full SHA-1.</param>
public sealed record GitPin(string Owner, string Repository, string Commit)
{
    public string ShortCommit => Commit[..12];

    /// <summary>Where its clone lives.</summary>
    public string CloneIn(Workspace workspace) => Path.Combine(workspace.Clones, Repository);
}

/// <summary>A file of the network whose content is known beforehand.</summary>
/// <param name="FileName">Its name under <c>artifacts/downloads</c>.</param>
/// <param name="Address">Where it is fetched from.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record DownloadPin(string FileName, Uri Address, string Sha256);
