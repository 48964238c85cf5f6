namespace SyscallBench.Sources;

/// <summary>The sources that are not ours, each at one version.</summary>
public static class Pins
{
    /// <summary>Unikraft as measured for the EuroSys'21 paper, with the noop system call 500.</summary>
    public static UnikraftPin Unikraft { get; } = new(
        "0.5.0",
        "",
        "elfloader_kvm-x86_64",
        new GitPin("skuenzer", "unikraft", "1ed1dc1d1172865dc9316ed0d4455fb991b3ab19"),
        new GitPin("skuenzer", "app-elfloader", "665359089027bf7df9337915eaf8fc55eab37801"),
        new GitPin("skuenzer", "lib-libelf", "7692de06a1141ea03f8f456ae84bfee31ac7e3f6"));

    /// <summary>The newest release that could be had, 0.17.0 of June 2024; its loader and parser had their last releases before it.</summary>
    public static UnikraftPin Unikraft017 { get; } = new(
        "0.17.0",
        "-0.17",
        "elfloader_qemu-x86_64",
        new GitPin("unikraft", "unikraft", "484ff209a5265bc4b2366041f149534922d0e5c8") { Folder = "unikraft-0.17" },
        new GitPin("unikraft", "app-elfloader", "681fdb6b3de892d6db5b4c7d2e96cbe3b7940cb7") { Folder = "app-elfloader-0.16.3" },
        new GitPin("unikraft", "lib-libelf", "0f1476d5f7fbc1a8fb44776066ab13e7403cfcae") { Folder = "lib-libelf-0.16" });

    /// <summary>The kernel of the EuroSys'21 artifact.</summary>
    public static DownloadPin Linux511 { get; } =
        KernelOrg.Find(KernelChoice.Artifact, ["04f07b54f0d40adfab02ee6cbd2a942c96728d87c1ef9e120d0cb9ba3fe067b4  linux-5.11.tar.xz"])!;
}

/// <summary>A version of Unikraft that is built.</summary>
/// <param name="Version">As its boot banner has it.</param>
/// <param name="Suffix">Ends the names of its platform, its image, its build and its folder below bench-src.</param>
/// <param name="Image">What its build makes.</param>
/// <param name="ElfLoader">The application that loads an ELF from its initrd and runs it.</param>
/// <param name="LibElf">The ELF parser that the loader links.</param>
public sealed record UnikraftPin(string Version, string Suffix, string Image, GitPin Unikraft, GitPin ElfLoader, GitPin LibElf)
{
    public IReadOnlyList<GitPin> Repositories => [Unikraft, ElfLoader, LibElf];
}

/// <summary>A repository at the one commit that is built.</summary>
/// <param name="Commit">Full SHA-1.</param>
public sealed record GitPin(string Owner, string Repository, string Commit)
{
    /// <summary>Name of its clone's folder.</summary>
    public string Folder { get; init; } = Repository;

    public string CloneIn(Workspace workspace) => Path.Combine(workspace.Clones, Folder);
}

/// <summary>A file of the network.</summary>
/// <param name="FileName">Its name under <c>artifacts/downloads</c>.</param>
/// <param name="Sha256">Lower-case hex; null where the content is not known beforehand.</param>
public sealed record DownloadPin(string FileName, Uri Address, string? Sha256);
