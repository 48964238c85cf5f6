using Cake.Core;
using Cake.Core.IO;

namespace Cake.FileHelpers;

/// <summary>Reads text files. Relative paths start at Cake's working directory.</summary>
public static class FileHelperAliases
{
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static string FileReadText(this ICakeContext context, FilePath file)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(file);
        return File.ReadAllText(file.MakeAbsolute(context.Environment).FullPath);
    }
}
