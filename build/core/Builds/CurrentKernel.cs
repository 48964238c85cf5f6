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
    public static CurrentKernel? Find(Workspace workspace, string choice) =>
        Read(workspace).GetValueOrDefault(choice) is { } known && File.Exists(known.Image) ? known : null;

    /// <exception cref="UserError">The disk refuses.</exception>
    public void Save(Workspace workspace)
    {
        var all = Read(workspace);
        if (all.GetValueOrDefault(Choice) == this)
            return;
        all[Choice] = this;
        AtomicFile.Write(FileOf(workspace), JsonFormat.Serialize(all));
    }

    internal static Dictionary<string, CurrentKernel> Read(Workspace workspace) =>
        JsonFormat.Recall<Dictionary<string, CurrentKernel>>(FileOf(workspace)) ?? [];

    private static string FileOf(Workspace workspace) => Path.Combine(workspace.State, "kernels.json");
}

/// <summary>What BuildKernel would do, found out without building anything.</summary>
/// <param name="Kernels">How many were asked for.</param>
/// <param name="Missing">Names of those that were never built here, or are gone.</param>
/// <param name="Longest">What the longest whole build took; null where none is there to go by.</param>
public sealed record KernelForecast(int Kernels, IReadOnlyList<string> Missing, TimeSpan? Longest)
{
    /// <param name="kernels">Names of kernels, and what <see cref="CurrentKernel.Choice"/> each is.</param>
    public static KernelForecast Of(Workspace workspace, IReadOnlyList<(string Name, string Choice)> kernels)
    {
        var ledger = new StepLedger(workspace);
        var known = CurrentKernel.Read(workspace).Values.Select(kernel => ledger.Read(kernel.Step)?.Facts.GetValueOrDefault(KernelBuild.TimeFact))
            .Select(seconds => double.TryParse(seconds, CultureInfo.InvariantCulture, out var time) ? time : 0).Append(0).Max();
        return new KernelForecast(kernels.Count, [.. kernels.Where(kernel => CurrentKernel.Find(workspace, kernel.Choice) is null).Select(kernel => kernel.Name)], known > 0 ? TimeSpan.FromSeconds(known) : null);
    }
}

/// <summary>BuildKernel for an image of the user's: nothing to build, it is copied, so that every later run boots the same bytes.</summary>
public sealed class KernelImageCopy(Workspace workspace, KernelChoice choice)
{
    /// <exception cref="UserError">The image is gone, or the disk refuses.</exception>
    public async Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var ledger = new StepLedger(workspace);
        // Several may lie side by side.
        var name = $"image-{Sha256.Of(choice.Text)[..8]}";
        var step = await ledger.RunAsync(
            $"linux-{name}",
            ledger.NewFingerprint().AddFile("kernel image", choice.Text),
            [Path.Combine(workspace.KernelImages(name), "kernel")],
            (staging, token) => Task.Run(() => File.Copy(choice.Text, Path.Combine(staging, "kernel")), token),
            new Dictionary<string, string> { ["source"] = choice.Text },
            cancellation);
        return step with { Done = "copied" };
    }
}
