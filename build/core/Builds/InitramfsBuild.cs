using System.Text;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>BuildFses: the initramfs with the benchmark as its only program, <c>/init</c>. The kernel brings <c>/dev/console</c> itself.</summary>
public sealed class InitramfsBuild(Workspace workspace)
{
    // Part of the fingerprint: raise it when the archive's layout changes.
    private const int Layout = 1;

    /// <exception cref="UserError">The benchmark has not been built, or the disk refuses.</exception>
    public Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        if (!File.Exists(workspace.BenchmarkElf))
            throw new UserError($"{workspace.BenchmarkElf} is missing: run --target=BuildBenchmark first, or leave --exclusive out");

        var ledger = new StepLedger(workspace);
        return ledger.RunAsync(
            "initramfs",
            ledger.NewFingerprint().AddFile("benchmark", workspace.BenchmarkElf).Add("layout", Layout),
            [workspace.Initramfs],
            (staging, token) => Task.Run(() => Cpio.Write(Path.Combine(staging, "initramfs.cpio"), ("init", workspace.BenchmarkElf)), token),
            StepLedger.NoFacts,
            cancellation);
    }
}

/// <summary>
/// Writes the kernel's initramfs format ("newc", Documentation/driver-api/early-userspace/buffer-format.rst), the same bytes for the
/// same files: inode numbers count from 1, owner is root, time is 0. Compression is left out: what a compressor makes depends on its
/// version, and unpacking costs boot time.
/// </summary>
public static class Cpio
{
    // A regular file that everybody may run, octal 100755.
    private const int Program = 0x81ed;
    private const int Alignment = 4;

    /// <param name="files">Path in the archive, without a leading slash, and the file's own.</param>
    public static void Write(string archive, params IEnumerable<(string Name, string File)> files)
    {
        using var stream = File.Create(archive);
        var inode = 0;
        foreach (var (name, file) in files)
            Append(stream, ++inode, Program, name, File.ReadAllBytes(file));
        Append(stream, 0, 0, "TRAILER!!!", []);
    }

    private static void Append(FileStream stream, int inode, int mode, string name, byte[] content)
    {
        var bytes = Encoding.UTF8.GetBytes(name + '\0');
        int[] fields = [inode, mode, /* uid */ 0, /* gid */ 0, /* links */ 1, /* time */ 0, content.Length, 0, 0, 0, 0, bytes.Length, /* checksum */ 0];
        var header = "070701" + string.Concat(fields.Select(field => field.ToString("X8", CultureInfo.InvariantCulture)));

        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(bytes);
        Pad();
        stream.Write(content);
        Pad();

        // Entries start aligned, too: the position tells what is missing.
        void Pad()
        {
            while (stream.Position % Alignment != 0)
                stream.WriteByte(0);
        }
    }
}
