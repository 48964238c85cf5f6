using System.Text;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>BuildFses: the initramfs with the benchmark as its only program, <c>/init</c>. The kernel brings <c>/dev/console</c> itself.</summary>
public sealed class InitramfsBuild(Workspace workspace)
{
    private const int OwnerMayRunIt = 0x1ed; // octal 755

    // Part of the fingerprint: raise it when the archive's layout changes.
    private const int Layout = 1;

    /// <exception cref="UserError">The benchmark has not been built, or the disk refuses.</exception>
    public Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        if (!File.Exists(workspace.BenchmarkElf))
            throw new UserError($"{workspace.BenchmarkElf} is missing: run --target=BuildBenchmark first, or leave --exclusive out");

        var ledger = new StepLedger(workspace);
        return ledger.RunAsync(
            new StepPlan
            {
                Name = "initramfs",
                Inputs = ledger.NewFingerprint().AddFile("benchmark", workspace.BenchmarkElf).Add("layout", Layout),
                Outputs = [workspace.Initramfs],
                Build = (staging, _) =>
                {
                    Write(Path.Combine(staging, Path.GetFileName(workspace.Initramfs)));
                    return Task.CompletedTask;
                },
            },
            cancellation);
    }

    private void Write(string path)
    {
        using var stream = File.Create(path);
        var archive = new CpioWriter(stream);
        archive.AddFile("init", OwnerMayRunIt, File.ReadAllBytes(workspace.BenchmarkElf));
        archive.End();
    }
}

/// <summary>
/// Writes the kernel's initramfs format ("newc", Documentation/driver-api/early-userspace/buffer-format.rst), the same bytes for the
/// same files: inode numbers count from 1, owner is root, time is 0. Compression is left out: what a compressor makes depends on its
/// version, and unpacking costs boot time.
/// </summary>
public sealed class CpioWriter(Stream stream)
{
    private const int RegularFile = 0x8000;
    private const int Alignment = 4;
    private const string Trailer = "TRAILER!!!";

    private int _inode;

    /// <summary>Adds a regular file.</summary>
    /// <param name="name">Path without a leading slash.</param>
    /// <param name="permissions">For example <c>0x1ed</c>, octal 755.</param>
    public void AddFile(string name, int permissions, ReadOnlySpan<byte> content)
        => WriteEntry(++_inode, RegularFile | permissions, name, content);

    /// <summary>Ends the archive; nothing can follow.</summary>
    public void End() => WriteEntry(0, 0, Trailer, []);

    private void WriteEntry(int inode, int mode, string name, ReadOnlySpan<byte> content)
    {
        var bytes = Encoding.UTF8.GetBytes(name + '\0');
        int[] fields = [inode, mode, /* uid */ 0, /* gid */ 0, /* links */ 1, /* time */ 0, content.Length, 0, 0, 0, 0, bytes.Length, /* checksum */ 0];
        var header = new StringBuilder("070701");
        foreach (var field in fields)
            header.Append(field.ToString("X8", CultureInfo.InvariantCulture));

        stream.Write(Encoding.ASCII.GetBytes(header.ToString()));
        stream.Write(bytes);
        Pad(header.Length + bytes.Length);
        stream.Write(content);
        Pad(content.Length);
    }

    private void Pad(int written)
    {
        for (var at = written; at % Alignment != 0; at++)
            stream.WriteByte(0);
    }
}
