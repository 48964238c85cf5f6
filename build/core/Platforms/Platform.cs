using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>What one row is measured on. A new platform is a file of its own and a line in <see cref="PlatformCatalog"/>; whoever shows it asks it.</summary>
public abstract class Platform
{
    /// <summary>As arguments, files and tables say it.</summary>
    public abstract string Name { get; }

    /// <summary>What runs, as a title: <c>Linux</c>.</summary>
    public abstract string System { get; }

    /// <summary>What is particular about it, among the platforms of its system: <c>no mitigations</c>; null where nothing is.</summary>
    public virtual string? Variant => null;

    /// <summary>System and variant, as a reader is shown them.</summary>
    public string Label => Variant is null ? System : $"{System}, {Variant}";

    /// <summary>One clause that says what it is.</summary>
    public abstract string Summary { get; }

    public abstract PlatformRole Role { get; }

    /// <summary>It is measured where nobody says what.</summary>
    public virtual bool IsDefault => true;

    /// <summary>Other platforms of its unit are compared with it.</summary>
    public virtual bool IsBase => Role == PlatformRole.Baseline;

    /// <summary>What it cannot run without; first what is particular to it.</summary>
    public abstract IReadOnlyList<Image> Images { get; }

    /// <summary>What its system call row measures where that is not the noop; null for the noop.</summary>
    public virtual string? ScallNote => null;

    /// <summary>What its benchmark is told, where nobody asked for another call than the noop.</summary>
    public virtual BenchmarkArguments ArgumentsOf(BenchmarkArguments asked) => asked;

    /// <summary>What its guest's kernel is to do about the CPU's vulnerabilities.</summary>
    public virtual Mitigations Mitigations => Mitigations.None;

    /// <summary>What the program itself can see of the scheduler (bench-src/PROTOCOL.md, <c>round</c>).</summary>
    public virtual Disturbance Sees => Disturbance.Steal;

    public abstract Unit UnitUnder(Accelerator accelerator);

    /// <summary>Calls in each timed loop unless asked for otherwise.</summary>
    public abstract long DefaultIterations(Accelerator accelerator);

    /// <summary>Why this call cannot be measured on it; null where it can.</summary>
    public virtual string? WhyLacks(SystemCall call) => null;

    /// <summary>Why a program or guest that ended by itself did not succeed; null when it did.</summary>
    /// <param name="exitCode">Of QEMU, or of the program itself.</param>
    public abstract string? WhyFailed(int exitCode, BootLog log);
}

/// <summary>What a platform is there for.</summary>
public enum PlatformRole
{
    /// <summary>What people use, and others are held against.</summary>
    Baseline,

    /// <summary>What the experiment is about.</summary>
    Subject,

    /// <summary>The least that anything of its kind could cost.</summary>
    Floor,

    /// <summary>Beside the experiment: the machine itself.</summary>
    Reference,
}

/// <summary>What a guest's kernel is to do about the CPU's vulnerabilities.</summary>
public enum Mitigations
{
    /// <summary>It has none and says nothing about them.</summary>
    None,

    /// <summary>What the kernel does by default.</summary>
    On,

    /// <summary>All that can be switched off is off.</summary>
    Off,
}
