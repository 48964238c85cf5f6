namespace SyscallBench.Model;

/// <summary>What a platform boots.</summary>
/// <param name="Name">Lower-case; the key in provenance and state files.</param>
/// <param name="Target">The task that makes it; null for a file of the user's own.</param>
public sealed record Image(string Name, string? Target)
{
    /// <summary>Which one, where a run boots several of a name: the kernel's. Null where it boots one.</summary>
    public string? Which { get; init; }

    public static Image Benchmark { get; } = new("benchmark", "BuildBenchmark");

    /// <summary>The archive that holds the benchmark as <c>/init</c>.</summary>
    public static Image Initramfs { get; } = new("initramfs", "BuildFses");

    /// <summary>Linux with the noop system call.</summary>
    public static Image Kernel { get; } = new("kernel", "BuildKernel");

    /// <summary>One of several kernels.</summary>
    public static Image KernelOf(string? which) => Kernel with { Which = which };

    /// <summary>The Unikraft ELF loader of a version.</summary>
    public static Image Unikernel(string suffix) => new("unikernel" + suffix, "BuildElfloader");

    public static Image Floor { get; } = new("floor", "BuildFloor");
}

/// <summary>Where the images are, or why one is not there.</summary>
public sealed class ImageSet
{
    private readonly Dictionary<Image, string> _paths = [];
    private readonly Dictionary<Image, string> _reasons = [];

    public IReadOnlyDictionary<Image, string> Paths => _paths;

    public ImageSet Add(Image image, string path)
    {
        _paths[image] = path;
        return this;
    }

    /// <summary>An image that could not be had: the reason and the remedy, one line.</summary>
    public ImageSet AddMissing(Image image, string reason)
    {
        _reasons[image] = reason;
        return this;
    }

    /// <summary>The same for who boots one kernel: the named one is <see cref="Image.Kernel"/>.</summary>
    public ImageSet For(string? kernel)
    {
        var (named, own) = (Image.KernelOf(kernel), new ImageSet());
        foreach (var (image, path) in _paths)
            own._paths[image == named ? Image.Kernel : image] = path;
        foreach (var (image, reason) in _reasons)
            own._reasons[image == named ? Image.Kernel : image] = reason;
        return own;
    }

    public string? WhyMissing(Image image)
    {
        if (_reasons.TryGetValue(image, out var reason))
            return reason;
        return _paths.TryGetValue(image, out var path)
            ? File.Exists(path) ? null : $"its {image.Name} {path} does not exist{(image.Target is null ? "" : $"; run --target={image.Target}")}"
            : $"its {image.Name} is not built; run --target={image.Target}";
    }
}
