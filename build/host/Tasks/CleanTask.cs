using SyscallBench.Steps;

namespace SyscallBench.Build.Tasks;

[TaskName("Clean")]
[TaskDescription("Removes what was built, cloned and measured; keeps results/ and downloads")]
public sealed class CleanTask : FrostingTask<BenchContext>
{
    public override void Run(BenchContext context)
    {
        var workspace = context.Workspace;
        var readme = Path.Combine(workspace.Evaluation, "README.md");
        string[] kept = [workspace.Program, readme, .. CheckoutLock.FilesOf(workspace), .. context.Options.CleanAll ? (string[])[] : [workspace.Downloads]];
        string[] folders = [workspace.Artifacts, workspace.WorkDirectory, workspace.Evaluation];
        foreach (var entry in folders.Distinct().Where(Directory.Exists).SelectMany(folder => new DirectoryInfo(folder).GetFileSystemInfos()).Where(entry => !kept.Contains(entry.FullName)))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Remove(entry);
            context.Say($"removed {Path.GetRelativePath(workspace.Root, entry.FullName)}");
        }
    }

    // A link is removed as such: what it points to is not ours.
    private static void Remove(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo { LinkTarget: null } folder)
            folder.Delete(recursive: true);
        else
            entry.Delete();
    }
}
