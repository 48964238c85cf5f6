using SyscallBench.Model;
using SyscallBench.Steps;

namespace SyscallBench.Results;

/// <summary>Reads and writes <c>results.json</c>.</summary>
public static class ResultsFile
{
    /// <summary>Writes the document; nobody ever sees half of it.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(string path, ResultsDocument document) => AtomicFile.Write(path, JsonFormat.Serialize(document));

    /// <summary>Reads a document.</summary>
    /// <exception cref="UserError">The file is missing, unreadable, half written by something else, or of another version.</exception>
    public static ResultsDocument Read(string path)
        => JsonFormat.Read<ResultsDocument>(path, ResultsDocument.CurrentSchema, remedy: "run --target=Process to make one");
}
