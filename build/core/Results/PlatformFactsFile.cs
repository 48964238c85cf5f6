using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>Reads and writes <see cref="PlatformFacts"/>.</summary>
public static class PlatformFactsFile
{
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(string path, PlatformFacts facts) => AtomicFile.Write(path, JsonFormat.Serialize(facts));

    /// <exception cref="UserError">The file is missing, no JSON, or of another version.</exception>
    public static PlatformFacts Read(string path)
        => JsonFormat.Read<PlatformFacts>(path, PlatformFacts.CurrentSchema, remedy: "run --target=Parse to make it");
}
