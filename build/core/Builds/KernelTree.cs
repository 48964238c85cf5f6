using System.Text.RegularExpressions;
using SyscallBench.Processes;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>A kernel's source, unpacked and with system call 500 in it.</summary>
internal sealed partial class KernelTree(Workspace workspace, IToolchain toolchain, KernelSource source)
{
    public string Folder => Path.Combine(workspace.KernelTrees, source.Name, "tree");

    private string Step => $"linux-tree-{source.Name}";

    private string Patch => File.Exists(PatchOf("noop-" + source.Series)) ? PatchOf("noop-" + source.Series) : PatchOf("noop");

    public Fingerprint AddTo(Fingerprint inputs) => source.AddTo(inputs).AddFile(Path.GetFileName(Patch), Patch);

    /// <exception cref="UserError">It cannot be unpacked, or the patch does not fit.</exception>
    public async Task PrepareAsync(string log, CancellationToken cancellation)
    {
        var ledger = new StepLedger(workspace);
        var inputs = AddTo(ledger.NewFingerprint());
        if (ledger.WhyStale(Step, inputs) is null)
            return;

        ledger.Forget(Step);
        using var staging = new StagingFolder(workspace, Step);
        Directory.CreateDirectory(Path.Combine(staging.Path, "tree"));
        var sources = new Dictionary<string, string> { ["kernel"] = source.Folder, ["linux"] = workspace.LinuxSources };
        var sandbox = toolchain.Open(new BuildFolders("the kernel's tree", sources, staging.Path, log));
        var tree = $"{sandbox.Output}/tree";
        foreach (var command in source.Unpack(sandbox.Source("kernel"), sandbox.Output, tree))
            await sandbox.RunAsync(command, cancellation);
        if (!HasNoop(Path.Combine(staging.Path, "tree")))
        {
            var patch = $"{sandbox.Source("linux")}/{Path.GetRelativePath(workspace.LinuxSources, Patch)}";
            string[] options = ["--directory", tree, "--strip=1", "--fuzz=0", "--batch", "--forward", "--input", patch];
            await sandbox.RunAsync(new ProcessRequest("patch", options), cancellation);
        }

        // What was built from another tree is not to be gone on with: unpacked files are older than its objects.
        var home = Path.GetDirectoryName(Folder)!;
        if (Directory.Exists(home))
            Directory.Delete(home, recursive: true);
        Directory.CreateDirectory(home);
        Directory.Move(Path.Combine(staging.Path, "tree"), Folder);
        ledger.Record(Step, inputs, [Path.Combine(Folder, "Makefile")], new Dictionary<string, string> { ["source"] = source.Pin });
    }

    private string PatchOf(string name) => Path.Combine(workspace.LinuxSources, "noop", name + ".patch");

    private static bool HasNoop(string tree)
    {
        var table = Path.Combine(tree, "arch", "x86", "entry", "syscalls", "syscall_64.tbl");
        return File.Exists(table) && File.ReadLines(table).Any(NoopEntry().IsMatch);
    }

    [GeneratedRegex(@"^500\s+\w+\s+noop\b")]
    private static partial Regex NoopEntry();
}
