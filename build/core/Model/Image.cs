namespace SyscallBench.Model;

/// <summary>What a platform boots. The lower-case name is the key in provenance and state files.</summary>
public enum Image
{
    /// <summary>The benchmark's ELF.</summary>
    Benchmark,

    /// <summary>The archive that holds the benchmark as <c>/init</c>.</summary>
    Initramfs,

    /// <summary>Linux with the noop system call.</summary>
    Kernel,

    /// <summary>The Unikraft ELF loader.</summary>
    Unikernel,

    /// <summary>The floor guest.</summary>
    Floor,
}

/// <summary>Where the images are, or why one is not there.</summary>
public sealed class ImageSet
{
    private readonly Dictionary<Image, string> _paths = [];
    private readonly Dictionary<Image, string> _reasons = [];

    /// <summary>Images that exist.</summary>
    public IReadOnlyDictionary<Image, string> Paths => _paths;

    /// <summary>An image that was built.</summary>
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

    /// <summary>Null where the image is there, else why it is not and what to do.</summary>
    public string? WhyMissing(Image image)
    {
        if (_reasons.TryGetValue(image, out var reason))
            return reason;
        var name = image.Name();
        return _paths.TryGetValue(image, out var path)
            ? File.Exists(path) ? null : $"its {name} {path} does not exist; run --target={TaskOf(image)}"
            : $"its {name} is not built; run --target={TaskOf(image)}";
    }

    private static string TaskOf(Image image) => image switch
    {
        Image.Kernel => "BuildKernel",
        Image.Unikernel => "BuildElfloader",
        Image.Initramfs => "BuildFses",
        Image.Floor => "BuildFloor",
        _ => "BuildBenchmark",
    };
}
