using SyscallBench.Consoles;
using SyscallBench.Model;

namespace SyscallBench.Platforms;

/// <summary>What one row is measured on. A new platform is a class of its own and a line in <see cref="PlatformCatalog"/>.</summary>
public abstract class Platform
{
    /// <summary>As arguments, files and tables say it.</summary>
    public abstract string Name { get; }

    /// <summary>One clause that says what it is.</summary>
    public abstract string Summary { get; }

    /// <summary>What it cannot run without.</summary>
    public abstract IReadOnlyList<Image> Images { get; }

    /// <summary>What its system call row measures where that is not the noop; null for the noop.</summary>
    public virtual string? ScallNote => null;

    /// <summary>What its guest's kernel is to do about the CPU's vulnerabilities.</summary>
    public virtual Mitigations Mitigations => Mitigations.None;

    /// <summary>What a tick of its clock is.</summary>
    public abstract Unit UnitUnder(Accelerator accelerator);

    /// <summary>Calls in each timed loop unless asked for otherwise.</summary>
    public abstract long DefaultIterations(Accelerator accelerator);

    /// <summary>Why a program or guest that ended by itself did not succeed; null when it did.</summary>
    /// <param name="exitCode">Of QEMU, or of the program itself.</param>
    /// <param name="log">What it said on its console.</param>
    public abstract string? WhyFailed(int exitCode, BootLog log);
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
