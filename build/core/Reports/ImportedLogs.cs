using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Platforms;
using SyscallBench.Results;

namespace SyscallBench.Reports;

/// <summary>
/// A folder as the EuroSys'21 artifact's <c>run.sh</c> leaves it, its <c>eval</c>: <c>&lt;platform&gt;.&lt;boot&gt;</c> for each boot's console, and <c>tsc_mhz.txt</c>. It is only read.
/// </summary>
/// <param name="folder">Absolute path.</param>
public sealed partial class ImportedLogs(string folder)
{
    private const string FrequencyFile = "tsc_mhz.txt";
    private const int KhzPerMhz = 1000;
    private const int LargestFrequencyFile = 1024 * 1024;

    /// <summary>The platforms that the artifact has, in the order of its table.</summary>
    public static IReadOnlyList<string> Platforms { get; } =
        [PlatformCatalog.Linux.Name, PlatformCatalog.LinuxWithoutMitigations.Name, PlatformCatalog.Unikraft.Name];

    public string Folder => folder;

    /// <summary>The consoles of a platform, by their numbers.</summary>
    public IReadOnlyList<BootConsole> Of(string platform) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Select(path => (Path: path, Match: Boot().Match(Path.GetFileName(path))))
            .Where(file => file.Match.Success && file.Match.Groups[1].Value == platform)
            .Select(file => new BootConsole(int.Parse(file.Match.Groups[2].Value, CultureInfo.InvariantCulture), file.Path))
            .OrderBy(console => console.Boot),
    ];

    /// <exception cref="UsageError">There is nothing to import.</exception>
    public void Check()
    {
        if (!Directory.Exists(folder))
            throw new UsageError($"--import={folder}: no such directory; give the eval folder of the artifact's tab_01_bincompat-syscalls");
        if (Platforms.All(platform => Of(platform).Count == 0))
            throw new UsageError($"--import={folder}: no log in it is named linux.0, linux-nomitig.0, unikraft.0 or the like; give the eval folder of the artifact's tab_01_bincompat-syscalls");
    }

    /// <summary>The TSC's frequency in kHz, which the artifact asked turbostat for; null where the file is missing or empty, as it is where turbostat failed.</summary>
    public long? TscKhz => double.TryParse(Lines(Path.Combine(folder, FrequencyFile), LargestFrequencyFile).LastOrDefault(line => line.Length > 0), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var mhz)
        && mhz is > 0 and < 1_000_000
        ? (long)Math.Round(mhz * KhzPerMhz)
        : null;

    /// <summary>What to do where <see cref="TscKhz"/> is null.</summary>
    public string ClockRemedy => $"write the MHz of the machine that made the logs into {Path.Combine(folder, FrequencyFile)} and import again";

    /// <summary>A number that the benchmark printed before it measured: <c>CONFIG_ITER_PER_ROUND=1000000</c>.</summary>
    /// <returns>0 where the log does not say.</returns>
    public static int Setting(BootConsole console, string name)
    {
        ArgumentNullException.ThrowIfNull(console);
        var line = Lines(console.Path, ConsoleParser.LargestConsole).FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal));
        return int.TryParse(line?[(name.Length + 1)..], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    // What cannot be read says nothing here; whoever parses it says why.
    private static string[] Lines(string path, long most)
    {
        try
        {
            return Encoding.Latin1.GetString(BoundedFile.ReadAllBytes(path, most)).Split('\n', StringSplitOptions.TrimEntries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"^(linux|linux-nomitig|unikraft)\.(\d{1,6})\z")]
    private static partial Regex Boot();
}
