using SyscallBench.Model;
using SyscallBench.Sources;
using SyscallBench.Steps;

namespace SyscallBench.Builds;

/// <summary>BuildKernel for an image of the user's: nothing to build, it is copied, so that every later run boots the same bytes.</summary>
public sealed class KernelImageCopy(Workspace workspace, KernelChoice choice)
{
    /// <exception cref="UserError">The image is gone, or the disk refuses.</exception>
    public Task<StepResult> RunAsync(CancellationToken cancellation)
    {
        var ledger = new StepLedger(workspace);
        var image = Path.Combine(workspace.KernelImages("image"), "kernel");
        return new StepRunner(workspace, ledger).RunAsync(
            new StepPlan
            {
                Name = "linux-image",
                Inputs = ledger.NewFingerprint().AddFile("kernel image", choice.Path!),
                Outputs = [image],
                Build = (staging, _) =>
                {
                    var copy = Path.Combine(staging, Path.GetFileName(image));
                    AtomicFile.Write(copy, temporary => File.Copy(choice.Path!, temporary));
                    return Task.CompletedTask;
                },
                Facts = () => new Dictionary<string, string> { ["source"] = choice.Path! },
            },
            cancellation);
    }
}
