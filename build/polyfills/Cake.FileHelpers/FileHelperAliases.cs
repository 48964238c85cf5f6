using Cake.Core;
using Cake.Core.IO;

namespace Cake.FileHelpers;

/// <summary>Reads and writes text files. Relative paths start at Cake's working directory.</summary>
public static class FileHelperAliases
{
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static string FileReadText(this ICakeContext context, FilePath file) => File.ReadAllText(Absolute(context, file));

    /// <exception cref="IOException">It cannot be written.</exception>
    public static void FileWriteText(this ICakeContext context, FilePath file, string text) => File.WriteAllText(Absolute(context, file), text);

    private static string Absolute(ICakeContext context, FilePath file)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(file);
        return file.MakeAbsolute(context.Environment).FullPath;
    }
}
