using System.Text.Json;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>
/// Which image a kernel choice led to the last time: what Run boots when BuildKernel did not run before it. Several sources may have
/// their images side by side.
/// </summary>
/// <param name="Choice">As <c>--kernel</c> said it.</param>
/// <param name="Step">Name of the step that made the image; its state has the image's hash and its facts.</param>
/// <param name="Image">Absolute path of the image.</param>
public sealed record CurrentKernel(string Choice, string Step, string Image)
{
    /// <summary>What the choice led to last time; null where that was never built, or is gone.</summary>
    public static CurrentKernel? Find(Workspace workspace, string choice)
    {
        var known = Read(workspace).GetValueOrDefault(choice);
        return known is not null && File.Exists(known.Image) ? known : null;
    }

    /// <summary>Remembers it.</summary>
    /// <exception cref="UserError">The disk refuses.</exception>
    public void Save(Workspace workspace)
    {
        var all = Read(workspace);
        if (all.GetValueOrDefault(Choice) == this)
            return;
        all[Choice] = this;
        Directory.CreateDirectory(workspace.State);
        AtomicFile.Write(FileOf(workspace), JsonSerializer.Serialize(all));
    }

    private static Dictionary<string, CurrentKernel> Read(Workspace workspace)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, CurrentKernel>>(File.ReadAllText(FileOf(workspace))) ?? [];
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return [];
        }
    }

    private static string FileOf(Workspace workspace) => Path.Combine(workspace.State, "kernels.json");
}
