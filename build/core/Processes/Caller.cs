using System.Globalization;
using System.Runtime.InteropServices;
using SyscallBench.Builds;

namespace SyscallBench.Processes;

/// <summary>
/// Who runs this program, and who builds in containers: the same user, so that files come out as theirs. Root is nobody in there; what a container
/// may write is lent to nobody and taken back.
/// </summary>
internal static partial class Caller
{
    private const string Nobody = "65534:65534";
    private const string Root = "0:0";

    public static string InContainers => Environment.IsPrivilegedProcess
        ? Nobody
        : string.Create(CultureInfo.InvariantCulture, $"{EffectiveUser()}:{EffectiveGroup()}");

    public static async Task LendAsync(ICommandRunner commands, BuildPlaces places)
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        await ChangeOwnerAsync(commands, Nobody, ["--recursive", places.Output]);
        // What is in the cache is nobody's from the start.
        if (places.Cache is { } cache)
            await ChangeOwnerAsync(commands, Nobody, [cache]);
    }

    /// <summary>Done even after a cancellation.</summary>
    public static Task TakeBackAsync(ICommandRunner commands, BuildPlaces places)
        => Environment.IsPrivilegedProcess ? ChangeOwnerAsync(commands, Root, ["--recursive", places.Output]) : Task.CompletedTask;

    private static Task ChangeOwnerAsync(ICommandRunner commands, string owner, string[] what)
        => commands.RunAsync(new Command("chown", ["--no-dereference", owner, .. what]), CancellationToken.None);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint EffectiveGroup();
}
