using SyscallBench.Consoles;
using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>Makes one file of samples, and one of facts, from the console logs of a platform.</summary>
public static class PlatformParser
{
    /// <summary>Parses all boots and writes <c>&lt;platform&gt;.csv</c> and <c>&lt;platform&gt;.json</c>.</summary>
    /// <param name="platform">Its name.</param>
    /// <param name="consoles">Its logs, in the order of the boots.</param>
    /// <param name="folder">Where the two files go, usually <c>eval/parsed</c>.</param>
    /// <param name="refuse">Why a boot that measured must not be used after all, for example because its mitigations are not the intended ones; null
    /// where it may.</param>
    /// <param name="cancellation">Ends the work; nothing is written then.</param>
    /// <exception cref="UserError">A log is missing or unreadable, or a file cannot be written.</exception>
    public static PlatformFacts Parse(
        string platform,
        IReadOnlyList<BootConsole> consoles,
        string folder,
        Func<BootLog, string?>? refuse = null,
        CancellationToken cancellation = default)
    {
        var boots = new BootCollection(platform, refuse ?? (_ => null));
        AtomicFile.Write(PathOf(folder, platform, "csv"), temporary =>
        {
            using var writer = new SampleWriter(new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
            foreach (var console in consoles)
            {
                writer.BeginBoot();
                if (!boots.Add(Read(console, writer.Write, cancellation)))
                {
                    writer.TakeBackBoot();
                }
            }
        });
        var facts = boots.ToFacts();
        PlatformFactsFile.Write(PathOf(folder, platform, "json"), facts);
        return facts;
    }

    /// <summary>Where the samples of a platform are.</summary>
    public static string SamplesPath(string folder, string platform) => PathOf(folder, platform, "csv");

    /// <summary>Where the facts of a platform are.</summary>
    public static string FactsPath(string folder, string platform) => PathOf(folder, platform, "json");

    private static BootLog Read(BootConsole console, Action<Sample> take, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var stream = new FileStream(console.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return ConsoleParser.Parse(stream, console.Source ?? console.Path, console.Boot, take, cancellation);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"{console.Path} does not exist: run --target=Run to boot it", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{console.Path} cannot be read: {error.Message}", error);
        }
    }

    private static string PathOf(string folder, string platform, string extension) => Path.Combine(folder, $"{platform}.{extension}");
}
