using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>
/// Which image a kernel choice led to the last time: what Run boots when BuildKernel did not run before it. Several sources may have
/// their images side by side.
/// </summary>
/// <param name="Choice">As <c>--kernel</c> said it.</param>
/// <param name="Step">Name of the step that made the image; its state has the image's hash and its facts.</param>
public sealed record CurrentKernel(string Choice, string Step, string Image)
{
    /// <summary>What the choice led to last time; null where that was never built, or is gone.</summary>
    public static CurrentKernel? Find(Workspace workspace, string choice)
    {
        var known = Read(workspace).GetValueOrDefault(choice);
        return known is not null && File.Exists(known.Image) ? known : null;
    }

    /// <summary>Every kernel that was built here.</summary>
    public static IReadOnlyCollection<CurrentKernel> All(Workspace workspace) => Read(workspace).Values;

    /// <summary>Remembers it.</summary>
    /// <exception cref="UserError">The disk refuses.</exception>
    public void Save(Workspace workspace)
    {
        var all = Read(workspace);
        if (all.GetValueOrDefault(Choice) == this)
            return;
        all[Choice] = this;
        AtomicFile.Write(FileOf(workspace), JsonFormat.Serialize(all));
    }

    private static Dictionary<string, CurrentKernel> Read(Workspace workspace) => JsonFormat.Recall<Dictionary<string, CurrentKernel>>(FileOf(workspace)) ?? [];

    private static string FileOf(Workspace workspace) => Path.Combine(workspace.State, "kernels.json");
}

/// <summary>What BuildKernel would do, found out without building anything.</summary>
/// <param name="Kernels">Kernels that were asked for.</param>
/// <param name="Missing">Names of those that were never built here, or are gone.</param>
/// <param name="Longest">What the longest whole build took; null where none is there to go by.</param>
public sealed record KernelForecast(int Kernels, IReadOnlyList<string> Missing, TimeSpan? Longest)
{
    /// <param name="workspace">The source tree.</param>
    /// <param name="kernels">Names of kernels, and what <see cref="CurrentKernel.Choice"/> each is.</param>
    public static KernelForecast Of(Workspace workspace, IReadOnlyList<(string Name, string Choice)> kernels)
    {
        var ledger = new StepLedger(workspace);
        var known = CurrentKernel.All(workspace).Select(kernel => ledger.Read(kernel.Step)?.Facts.GetValueOrDefault(KernelBuild.TimeFact))
            .Select(seconds => double.TryParse(seconds, CultureInfo.InvariantCulture, out var time) ? time : 0).Append(0).Max();
        return new KernelForecast(kernels.Count, [.. kernels.Where(kernel => CurrentKernel.Find(workspace, kernel.Choice) is null).Select(kernel => kernel.Name)], known > 0 ? TimeSpan.FromSeconds(known) : null);
    }
}

/// <summary>BuildKernel for an image of the user's: nothing to build, it is copied, so that every later run boots the same bytes.</summary>
public sealed class KernelImageCopy(Workspace workspace, KernelChoice choice)
{
    /// <exception cref="UserError">The image is gone, or the disk refuses.</exception>
    public Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var ledger = new StepLedger(workspace);
        // Several may lie side by side.
        var name = $"image-{Sha256.Of(choice.Text)[..8]}";
        var image = Path.Combine(workspace.KernelImages(name), "kernel");
        return ledger.RunAsync(
            new StepPlan
            {
                Name = $"linux-{name}",
                Done = "copied",
                Inputs = ledger.NewFingerprint().AddFile("kernel image", choice.Text),
                Outputs = [image],
                Build = (staging, _) =>
                {
                    File.Copy(choice.Text, Path.Combine(staging, Path.GetFileName(image)));
                    return Task.CompletedTask;
                },
                Facts = () => new Dictionary<string, string> { ["source"] = choice.Text },
            },
            cancellation);
    }
}
