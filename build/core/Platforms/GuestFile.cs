using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SyscallBench.Consoles;

namespace SyscallBench.Platforms;

/// <summary>What a file says that describes a guest of one's own (bench-src/guests/README.md). <see cref="Read"/> has checked all of it.</summary>
public sealed partial record GuestFile
{
    public const string CurrentSchema = "syscall-bench/guest/v1";

    private const string Placeholder = "{arguments}";
    private const int LongestLabel = 60;
    private const int MostMemory = 1024 * 1024;
    private const string Remedy = "bench-src/guests/README.md says what a guest file holds";

    // Built in every run; any other word is a path.
    private static readonly IReadOnlyList<Image> _built = [Image.Benchmark, Image.Initramfs, Image.Floor];

    public string Schema { get; init; } = CurrentSchema;

    public string? Name { get; init; }

    public string? Label { get; init; }

    /// <summary>Path, from the file's folder, or the word for an image of ours; null at most for <see cref="Initrd"/>.</summary>
    public string? Kernel { get; init; }

    /// <inheritdoc cref="Kernel"/>
    public string? Initrd { get; init; }

    /// <summary>With <c>{arguments}</c> where the benchmark's arguments go.</summary>
    public string? CommandLine { get; init; }

    /// <summary>In MiB.</summary>
    public int Memory { get; init; } = 256;

    /// <summary>Further arguments of QEMU.</summary>
    public IReadOnlyList<string> Qemu { get; init; } = [];

    /// <summary>QEMU's, when all went well.</summary>
    public int ExitCode { get; init; }

    /// <summary>The calls that the guest has; the first is measured where nobody asks for another.</summary>
    public IReadOnlyList<string> Syscalls { get; init; } = [Model.Syscalls.Name(Model.Syscalls.Noop)];

    public PlatformRole Role { get; init; } = PlatformRole.Subject;

    [JsonExtensionData]
    public IDictionary<string, JsonElement> Unknown { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The platforms of some files.</summary>
    /// <exception cref="UsageError">A file is missing, or something in it cannot be used: which file, which field.</exception>
    public static IReadOnlyList<GuestPlatform> ReadAll(IReadOnlyList<string> paths)
    {
        var guests = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return [.. paths.Select(path => Read(path, guests))];
    }

    private static FileGuest Read(string path, Dictionary<string, string> known)
    {
        GuestFile file;
        try
        {
            file = JsonFormat.Read<GuestFile>(path, CurrentSchema, Remedy);
        }
        catch (UserError error)
        {
            throw new UsageError($"--guest: {error.Message}");
        }

        if (file.Faults().FirstOrDefault() is { Field: not null } fault)
            throw Wrong(fault.Field, fault.What);
        if (new PlatformCatalog().Find(file.Name!) is not null)
            throw Wrong("name", $"there is a platform {file.Name} already");
        if (!known.TryAdd(file.Name!, path))
            throw Wrong("name", $"{known[file.Name!]} says {file.Name}, too");
        var kernel = ImageOf("kernel", file.Kernel!, file.Name!);
        return new FileGuest(file, Path.GetFileName(path), file.Initrd is null ? [kernel] : [kernel, ImageOf("initrd", file.Initrd, $"{file.Name}-initrd")]);

        UsageError Wrong(string field, string what) => new($"--guest: {path}: {field}: {SafeText.Escape(what, 300)}; {Remedy}");

        (Image Image, string? Path) ImageOf(string field, string value, string name)
        {
            if (_built.FirstOrDefault(image => image.Name == value) is { } ours)
                return (ours, null);
            var image = Path.GetFullPath(value, Path.GetDirectoryName(path)!);
            return File.Exists(image) ? (new Image(name, null), image) : throw Wrong(field, $"{image} does not exist");
        }
    }

    private IEnumerable<(string Field, string What)> Faults()
    {
        string[] fields = [.. typeof(GuestFile).GetProperties().Where(property => property.Name != nameof(Unknown)).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];
        foreach (var field in Unknown.Keys)
            yield return (field, $"there is no such field{Nearest.Suggest(field, fields)}; the fields are {string.Join(", ", fields)}");
        foreach (var (field, value) in new[] { ("name", Name), ("label", Label), ("kernel", Kernel), ("commandLine", CommandLine) })
        {
            if (string.IsNullOrWhiteSpace(value))
                yield return (field, "is missing");
        }

        if (!NamePattern().IsMatch(Name!))
            yield return ("name", $"{Name} is not a lower-case letter or digit and then at most 39 of these, '.', '_', '+' or '-'");
        if (Label!.Length > LongestLabel || SafeText.Escape(Label) != Label)
            yield return ("label", FormattableString.Invariant($"is no plain text of at most {LongestLabel} characters"));
        if (CommandLine!.Split(Placeholder).Length != 2)
            yield return ("commandLine", $"has to have {Placeholder} once: there the benchmark is told what to measure");
        foreach (var (field, text) in Qemu.Select(text => ("qemu", text)).Prepend(("commandLine", CommandLine)))
        {
            if (text.Any(char.IsControl))
                yield return (field, $"'{text}' has a control character");
        }

        if (Qemu.FirstOrDefault(Ours) is { } set)
            yield return ("qemu", $"{set} is set by this program");
        if (Memory is < 1 or > MostMemory)
            yield return ("memory", FormattableString.Invariant($"{Memory} is no number of MiB from 1 to {MostMemory}"));
        if (ExitCode is < 0 or > byte.MaxValue)
            yield return ("exitCode", FormattableString.Invariant($"{ExitCode} is not from 0 to {byte.MaxValue}"));
        var calls = Model.Syscalls.Measured.Select(call => call.Name).ToList();
        if (Syscalls.Count == 0 || Syscalls.Except(calls).Any())
            yield return ("syscalls", $"{string.Join(", ", Syscalls)} is not some of {string.Join(", ", calls)}");
        if (Role is not (PlatformRole.Subject or PlatformRole.Floor))
            yield return ("role", "is neither subject nor floor");
    }

    // Of two of a kind, the one that this program relies on might not be the one that counts.
    private static bool Ours(string argument) => argument.StartsWith('-') && new QemuCommand
    {
        Accelerator = Accelerator.Tcg,
        Cpu = "",
        Kernel = "",
        Initrd = "",
        Append = "",
        Serial = "",
        QmpSocket = "",
        StartPaused = true,
        Sandbox = true,
    }.ToArguments().Contains(argument);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._+-]{0,39}\z")]
    private static partial Regex NamePattern();

    /// <summary>The platform.</summary>
    private sealed class FileGuest(GuestFile file, string source, IReadOnlyList<(Image Image, string? Path)> images) : GuestPlatform
    {
        private SystemCall First => Model.Syscalls.Measured.First(call => call.Name == file.Syscalls[0]);

        public override string Name => file.Name!;

        public override string System => file.Label!;

        public override string Summary => $"described by {source}";

        public override PlatformRole Role => file.Role;

        public override bool IsBase => false;

        public override IReadOnlyList<Image> Images => [.. images.Select(each => each.Image)];

        public override IReadOnlyDictionary<Image, string> Files => images.Where(each => each.Path is not null).ToDictionary(each => each.Image, each => each.Path!);

        public override string? ScallNote => First.Number == Model.Syscalls.Noop ? null : $"{First.Name}; this guest has no noop";

        public override BenchmarkArguments ArgumentsOf(BenchmarkArguments asked) => asked.SystemCall is null ? asked.With(First) : asked;

        public override string? WhyLacks(SystemCall call) => file.Syscalls.Contains(call.Name) ? null : $"{source} does not list it among the guest's syscalls";

        public override QemuCommand Command(GuestSettings settings) =>
            Base(settings, Images[0], Images.ElementAtOrDefault(1), file.CommandLine!.Replace(Placeholder, settings.Benchmark.ToString(), StringComparison.Ordinal)) with
            {
                MemoryMiB = file.Memory,
                More = file.Qemu,
            };

        // The end record is asked for in any case.
        public override string? WhyFailed(int exitCode, BootLog log) => log.Failure
            ?? (exitCode == file.ExitCode ? null : string.Create(CultureInfo.InvariantCulture, $"QEMU exited with {exitCode}, not with {file.ExitCode} as {source} says"));
    }
}
